import FoundationEssentials
import RecKernels

/// The files and folders that an unfinished path may mean.
///
/// A folder ends in `/` and is followed by no space, so that one can go on into it. `~/` is the home folder. What holds
/// spaces or other signs that end a word is quoted. Hidden files are offered only after a dot.
package enum PathCompletion {
  /// How many files are offered at most; a folder may hold more than anyone can choose from.
  private static let limit = 500

  /// The candidates for a word of a command as typed, with its opening quote if it has one.
  package static func candidates(for word: String, replace: Range<Int>) -> Completions {
    let quote = word.first == "\"" || word.first == "'" ? word.first : nil
    let typed = quote == nil ? word : String(word.dropFirst())
    let slash = typed.lastIndex(of: "/")
    let folder = slash.map { String(typed[...$0]) } ?? ""
    let start = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: location(of: folder))) ?? [])
      .filter { $0.hasPrefix(start) && ($0.first != "." || start.first == ".") }
      .sorted()
    let candidates = names.prefix(limit).map { name in
      let isFolder = fileKind(location(of: folder) + "/" + name) == .directory
      return Candidate(
        written(folder + name + (isFolder ? "/" : ""), quote: quote, isClosed: !isFolder),
        help: isFolder ? "" : hint(name), appendSpace: !isFolder)
    }
    return Completions(replace: replace, candidates: candidates, moreCount: names.count - candidates.count)
  }

  /// What the ending of a file says it is; empty where it says nothing to us.
  private static func hint(_ name: String) -> String {
    let ending = name.lastIndex(of: ".").map { name[$0...].dropFirst().lowercased() } ?? ""
    return switch ending {
    case "csv": "values with commas"
    case "tsv", "tab": "values with tabs"
    case "dat", "data", "base", "test": "ratings as MovieLens has them"
    case "jsonl", "ndjson": "a JSON object a line"
    case "safetensors": "a saved model"
    case "rec": "a script"
    default: ""
    }
  }

  private static func location(of folder: String) -> String {
    if folder.isEmpty { return "." }
    guard folder.hasPrefix("~/"), let home = environment("HOME") else { return folder }
    return home + folder.dropFirst()
  }

  /// A path as a word; the quote of a folder stays open.
  private static func written(_ path: String, quote: Character?, isClosed: Bool) -> String {
    let needsQuote = path.contains { $0.isWhitespace || ";,{}\"'$#=()\\".contains($0) }
    guard let quote = quote ?? (needsQuote ? (path.contains("'") ? "\"" : "'") : nil) else { return path }
    var text = String(quote)
    for character in path {
      if quote == "'" {
        text += character == "'" ? "''" : String(character)
      } else {
        text += "\"\\".contains(character) ? "\\\(character)" : String(character)
      }
    }
    return isClosed ? text + String(quote) : text
  }
}
