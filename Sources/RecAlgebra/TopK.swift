import RecKernels

/// The `k` largest scores, in descending order; of equal scores the smaller index comes first.
///
/// A NaN is excluded, minus infinity is not: set a score to NaN to leave an item out.
package func topK(scores: Span<Float>, k: Int) -> [(index: Int32, score: Float)] {
  var largest = LargestScores(count: k)
  largest.add(scores, from: 0)
  return largest.sorted
}

/// How many scores are greater than the threshold, and how many equal it; a NaN is neither.
package func countAbove(scores: Span<Float>, threshold: Float) -> (above: Int, equal: Int) {
  VectorKernels.countAbove(scores, threshold: threshold)
}
