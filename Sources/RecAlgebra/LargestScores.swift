import RecKernels

/// The largest of many scores that come piece by piece; of equal scores the smaller index is the better.
///
/// A NaN is excluded, minus infinity is not. Linear in the scores when few are kept: most only meet a comparison with the
/// least of the best so far.
package struct LargestScores: Sendable {
  private let count: Int
  /// Up to so many the first scores are looked through once more, for a floor.
  private static let largestFewCount = 32
  /// Once full, a heap whose root is the worst of the best: the least score, of equal ones the larger index.
  private var heap: [(index: Int32, score: Float)] = []

  /// - Parameter count: How many are kept, at least 0.
  package init(count: Int) {
    precondition(count >= 0, "a count is not negative")
    self.count = count
  }

  /// Adds the scores of the indices from `first` on, which are larger than those of all scores before.
  package mutating func add(_ scores: Span<Float>, from first: Int) {
    guard count > 0 else { return }
    precondition(first >= 0 && first + scores.count <= Int32.max, "indices have 32 bits")
    var next = 0
    if heap.count < count {
      // What is below cannot come in, and with few to be kept that is nearly everything.
      let floor =
        heap.isEmpty && count <= Self.largestFewCount
        ? VectorKernels.floorOfLargest(scores, wanted: count) : -.infinity
      while heap.count < count {
        if floor > -.infinity { next = VectorKernels.nextAbove(scores, from: next, threshold: floor.nextDown) }
        guard next < scores.count else { return }
        let score = scores[next]
        if !score.isNaN { heap.append((Int32(first + next), score)) }
        next += 1
      }
      for root in (0..<count / 2).reversed() { siftDown(root) }
    }
    while true {
      // A later score must be greater, not equal, to come in.
      next = VectorKernels.nextAbove(scores, from: next, threshold: heap[0].score)
      if next == scores.count { return }
      heap[0] = (Int32(first + next), scores[next])
      siftDown(0)
      next += 1
    }
  }

  /// The largest so far, in descending order.
  package var sorted: [(index: Int32, score: Float)] { heap.sorted { Self.isBetter($0, $1) } }

  private static func isBetter(_ a: (index: Int32, score: Float), _ b: (index: Int32, score: Float)) -> Bool {
    a.score != b.score ? a.score > b.score : a.index < b.index
  }

  /// Moves the entry at `start` down until neither of its children is worse than it.
  private mutating func siftDown(_ start: Int) {
    var parent = start
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, Self.isBetter(heap[child], heap[child + 1]) { child += 1 }
      guard Self.isBetter(heap[parent], heap[child]) else { return }
      heap.swapAt(parent, child)
      parent = child
    }
  }
}
