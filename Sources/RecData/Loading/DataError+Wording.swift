extension DataError {
  /// What is wrong, in lower case without a full stop.
  package var message: String {
    switch self {
    case .missing(let path, _): "no file or folder '\(path)'"
    case .unreadable(let path, let reason): "cannot read '\(path)': \(reason)"
    case .isFolder(let path): "'\(path)' is a folder, expected a file"
    case .noRatings(let folder, _, _): "no ratings in folder '\(folder)'"
    case .empty(let path): "'\(path)' is empty"
    case .headerOnly(let path, _): "'\(path)' has a header and nothing below it"
    case .notText(let path, let kind, _): "'\(path)' is no text file: it looks like \(kind)"
    case .malformed(let line): "expected \(line.expected), found \(line.found)"
    case .nothingLeft(let skipped, let first):
      "no line could be read (\(skipped) skipped): expected \(first.expected), found \(first.found)"
    case .unknownColumn(let path, _, let asked, _): "no column '\(asked)' in '\(path)'"
    case .noColumn(let path, let option, _): "no column of '\(path)' is recognised as the \(option)"
    case .tooMany(let path, let what, let limit): "'\(path)' has more than \(limit) \(what)"
    case .unsuitableOption(let option, let reason): "`\(option)=` \(reason)"
    case .notTensors(let path, let reason): "'\(path)' holds no saved model: \(reason)"
    case .damaged(let path, let reason): "'\(path)' is damaged: \(reason)"
    case .newerFormat(let path, let version, let known):
      "'\(path)' has format \(version), and this program reads format \(known)"
    case .unknownAlgorithm(let path, let name): "'\(path)' is a model by '\(name)', which this program does not have"
    case .notWritable(let path, let reason): "cannot write '\(path)': \(reason)"
    case .sql(let path, let message, _): "'\(path)' cannot answer: \(message)"
    case .noTable(let path, let asked?, _): "no table '\(asked)' in '\(path)'"
    case .noTable(let path, nil, let tables):
      tables.isEmpty ? "'\(path)' has no tables" : "'\(path)' has several tables, and none that is usual"
    }
  }

  /// The next thing to do; nil where there is nothing to say.
  package var hint: String? {
    switch self {
    case .missing(let path, _) where path.contains("://"): "only files are read: download it first"
    case .missing(_, let nearest):
      nearest.isEmpty ? nil : "did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
    case .noRatings(_, let recognized, let found):
      "recognised are \(recognized.joined(separator: ", "))"
        + (found.isEmpty ? "; the folder is empty" : "; here are \(Self.list(found)): name one of them")
    case .headerOnly(_, let header): "the header is '\(header)'; if that is data, say header=no"
    case .notText(_, _, let remedy): remedy
    case .malformed(let line), .nothingLeft(_, let line): line.hint
    case .unknownColumn(_, let option, _, let columns), .noColumn(_, let option, let columns):
      "say \(option)=NAME or \(option)=NUMBER; columns: \(Self.list(columns))"
    case .newerFormat, .unknownAlgorithm: "a later version of the program reads it"
    case .noTable(_, _, let tables) where !tables.isEmpty:
      "say table=NAME or query=\"select …\"; tables: \(Self.list(tables))"
    case .isFolder, .notTensors, .damaged, .unreadable, .empty, .tooMany, .unsuitableOption, .notWritable, .sql,
      .noTable:
      nil
    }
  }

  /// The place in the file, where there is one.
  package var position: TextPosition? {
    switch self {
    case .malformed(let line), .nothingLeft(_, let line): line.at
    default: nil
    }
  }

  /// At most twelve names, and how many more there are.
  private static func list(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
  }
}
