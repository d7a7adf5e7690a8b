/// Puts labels beside their points so that none lies over another, over a point's mark or beyond the edge.
///
/// Each in its turn takes the first free of eight places around its point (Christensen, Marks & Shieber 1995,
/// doi:10.1145/212332.212334, greedy); one that finds none is left out. O(labels × placed).
package struct LabelPlacement {
  package struct Box: Sendable, Equatable {
    package let x: Double
    package let y: Double
    package let width: Double
    package let height: Double
    package init(x: Double, y: Double, width: Double, height: Double) {
      self.x = x
      self.y = y
      self.width = width
      self.height = height
    }

    package func overlaps(_ other: Box) -> Bool {
      x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
    }
  }

  private var taken: [Box]
  private let bounds: Box

  /// - Parameters:
  ///   - bounds: what no label may leave.
  ///   - obstacles: what no label may cover.
  package init(in bounds: Box, around obstacles: [Box] = []) {
    self.bounds = bounds
    taken = obstacles
  }

  /// A place for a label of that size beside a mark; nil where there is none.
  ///
  /// - Parameter gap: how far from the mark it stands.
  package mutating func place(width: Double, height: Double, beside mark: Box, gap: Double) -> Box? {
    let middle = (x: mark.x + (mark.width - width) / 2, y: mark.y + (mark.height - height) / 2)
    let right = mark.x + mark.width + gap
    let left = mark.x - gap - width
    let below = mark.y + mark.height
    let above = mark.y - height
    let places = [
      (right, middle.y), (left, middle.y), (middle.x, above), (middle.x, below), (right, above), (right, below),
      (left, above), (left, below),
    ]
    for (x, y) in places {
      let box = Box(x: x, y: y, width: width, height: height)
      guard x >= bounds.x, y >= bounds.y, x + width <= bounds.x + bounds.width, y + height <= bounds.y + bounds.height,
        !taken.contains(where: box.overlaps)
      else { continue }
      taken.append(box)
      return box
    }
    return nil
  }
}
