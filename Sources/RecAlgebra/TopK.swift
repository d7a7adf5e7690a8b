import RecKernels

/// The `k` largest scores, in descending order; of equal scores the smaller index comes first.
///
/// A NaN is excluded, minus infinity is not: set a score to NaN to leave an item out. Linear in the scores when `k` is
/// small: most scores only meet a comparison with the least of the best so far.
package func topK(scores: Span<Float>, k: Int) -> [(index: Int32, score: Float)] {
  precondition(k >= 0 && scores.count <= Int32.max, "indices have 32 bits")
  guard k > 0 else { return [] }
  // A heap whose root is the worst of the best: the least score, of equal ones the larger index.
  var heap: [(index: Int32, score: Float)] = []
  heap.reserveCapacity(min(k, scores.count))
  var next = 0
  while next < scores.count, heap.count < k {
    let score = scores[next]
    if !score.isNaN { heap.append((Int32(next), score)) }
    next += 1
  }
  if heap.count == k {
    for root in (0..<k / 2).reversed() { siftDown(&heap, root) }
    while true {
      // A later score must be greater, not equal, to come in.
      next = VectorKernels.nextAbove(scores, from: next, threshold: heap[0].score)
      if next == scores.count { break }
      heap[0] = (Int32(next), scores[next])
      siftDown(&heap, 0)
      next += 1
    }
  }
  heap.sort { isBetter($0, $1) }
  return heap
}

/// How many scores are greater than the threshold, and how many equal it; a NaN is neither.
package func countAbove(scores: Span<Float>, threshold: Float) -> (above: Int, equal: Int) {
  VectorKernels.countAbove(scores, threshold: threshold)
}

private func isBetter(_ a: (index: Int32, score: Float), _ b: (index: Int32, score: Float)) -> Bool {
  a.score != b.score ? a.score > b.score : a.index < b.index
}

/// Moves the entry at `start` down until neither of its children is worse than it.
private func siftDown(_ heap: inout [(index: Int32, score: Float)], _ start: Int) {
  var parent = start
  while true {
    var child = 2 * parent + 1
    guard child < heap.count else { return }
    if child + 1 < heap.count, isBetter(heap[child], heap[child + 1]) { child += 1 }
    guard isBetter(heap[parent], heap[child]) else { return }
    heap.swapAt(parent, child)
    parent = child
  }
}
