package import RecLanguage

extension Report {
  /// The report as Markdown.
  ///
  /// - Parameter render: an output as Markdown.
  package func markdown(_ render: (Output) -> String) -> String {
    var text = ""
    var copied = Set<Int>()
    for problem in problems { text += render(Output(line: 1, command: nil, .error(problem))) }
    for (part, outputs) in shownParts {
      switch part {
      case .prose(_, let line):
        if copied.insert(line).inserted { text += prose(from: line) + "\n\n" }
      case .exercise(let exercise):
        text += "> **Exercise.** \(exercise.question)\n\n"
        for hint in exercise.hints { text += "> - \(hint)\n" }
        if !exercise.hints.isEmpty { text += "\n" }
        if !exercise.solution.isEmpty { text += Self.fenced(exercise.solution.map(\.text).joined(separator: "\n")) }
      case .passage(let passage):
        text += Self.fenced(code(of: passage))
        for output in outputs { text += render(output) }
      }
    }
    let files = record.files.map { "- `\($0.path)` SHA-256 `\($0.digest)`\n" }.joined()
    return text + "---\n\n*\(origin)*\n" + (files.isEmpty ? "" : "\n" + files)
  }

  /// A block of code between fences that are longer than any within it.
  private static func fenced(_ code: String) -> String {
    var fence = "```"
    while code.contains(fence) { fence += "`" }
    return "\(fence)rec\n\(code)\n\(fence)\n\n"
  }

  /// The prose that begins on a line, as it is written, without `#`; up to an exercise or the end of the prose.
  private func prose(from line: Int) -> String {
    let lines = notebook.source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var prose: [String] = []
    for bytes in lines.dropFirst(line - notebook.source.firstLine) {
      let text = String(decoding: bytes, as: UTF8.self).trimmingBlanks
      guard text == "#" || text.hasPrefix("# "), ExerciseMark(String(text.dropFirst(2))) == nil else { break }
      prose.append(String(text.dropFirst(2)))
    }
    return prose.joined(separator: "\n").trimmingBlanks
  }
}
