import RecLanguage

extension RecordedScript {
  /// How many lines of a passage's code are shown above its difference.
  private static let contextLimit = 3

  /// What differs, as `diff -u` writes it: `-` what was recorded, `+` what was printed; empty where all is equal.
  ///
  /// - Parameter comparisons: one for each passage.
  package func unifiedDifference(_ comparisons: [OutputComparison]) -> String {
    precondition(comparisons.count == passages.count, "a comparison for each passage")
    var hunks: [String] = []
    var notes: [String] = []
    var shift = 0
    for (passage, comparison) in zip(passages, comparisons) where !comparison.isEqual {
      let code = source.text(in: passage.code).split(omittingEmptySubsequences: false) { $0.isNewline }
      let context = code.suffix(Self.contextLimit)
      let firstLine = source.line(at: passage.code.end) - context.count + 1
      var (oldCount, newCount) = (context.count, context.count)
      var lines = context.map { " " + $0 }
      for line in comparison.lines {
        switch line {
        case .kept(let text):
          lines.append(" " + Self.record(text))
          (oldCount, newCount) = (oldCount + 1, newCount + 1)
        case .missing(let text):
          lines.append("-" + Self.record(text))
          oldCount += 1
        case .added(let text):
          lines.append("+" + Self.record(text))
          newCount += 1
        }
      }
      if comparison.isReordered { notes.append("line \(firstLine): the same rows in another order, as near-ties have") }
      hunks.append("@@ -\(firstLine),\(oldCount) +\(firstLine + shift),\(newCount) @@")
      hunks += lines
      shift += newCount - oldCount
    }
    guard !hunks.isEmpty else { return "" }
    let header = ["--- \(source.name) (recorded)", "+++ \(source.name) (this run)"]
    return (header + hunks + notes).joined(separator: "\n") + "\n"
  }
}
