/// A stretch of a source text, as offsets into its UTF-8 bytes.
///
/// `start` belongs to it, `end` does not. An empty range is a place between two bytes.
package struct SourceRange: Sendable, Hashable {
  package let start: Int
  package let end: Int

  package init(_ start: Int, _ end: Int) {
    precondition(start <= end, "a range cannot end before it starts")
    self.start = start
    self.end = end
  }

  package var count: Int { end - start }
  package var isEmpty: Bool { start == end }

  /// The smallest range that holds both.
  package func union(_ other: SourceRange) -> SourceRange {
    SourceRange(min(start, other.start), max(end, other.end))
  }
}
