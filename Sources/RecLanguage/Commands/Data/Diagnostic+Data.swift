import RecData

extension Diagnostic {
  /// What is wrong with a file, at the word that names it, with the place in the file where there is one.
  init(dataError error: DataError, call: Call) {
    var place = call.operands.last?.range ?? call.verbRange
    switch error {
    case .unknownColumn(_, let option, _, _), .unsuitableOption(let option, _):
      place = call.argument(option)?.range ?? place
    case .sql(_, _, let option?): place = call.argument(option)?.range ?? place
    case .noTable(_, .some, _): place = call.argument("table")?.range ?? place
    default: break
    }
    self.init(dataError: error, at: place)
  }

  /// What is wrong with a file that a training reads.
  init(dataError error: DataError, at place: SourceRange) {
    let position = error.position.map {
      FilePosition(
        file: $0.path, line: $0.line, column: $0.column, length: $0.length, text: $0.text,
        textColumn: $0.column - $0.caret + 1)
    }
    self.init(error.code, error.message, at: place, hint: nil, help: error.hint, position: position)
  }
}

extension DataError {
  fileprivate var code: Diagnostic.Code {
    switch self {
    case .missing: "missing-file"
    case .unreadable: "unreadable-file"
    case .isFolder: "folder-for-file"
    case .noRatings: "no-ratings"
    case .empty: "empty-file"
    case .headerOnly: "header-only"
    case .notText: "not-text"
    case .malformed, .nothingLeft: "malformed-line"
    case .unknownColumn: "unknown-column"
    case .noColumn: "no-column"
    case .tooMany: "too-many"
    case .unsuitableOption: "unsuitable-option"
    case .notTensors: "not-a-model"
    case .damaged: "damaged-file"
    case .unknownAlgorithm: "unknown-algorithm"
    case .newerFormat: "newer-format"
    case .notWritable: "not-writable"
    case .sql: "sql"
    case .noTable: "no-table"
    }
  }
}
