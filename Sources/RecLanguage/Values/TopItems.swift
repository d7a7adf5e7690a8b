import RecAlgebra
import RecData

/// The items of the largest scores, in order; NaN is left out, ties stand by id.
func topItems(_ scores: [Float], count: Int) -> [(item: ItemIndex, score: Float)] {
  topK(scores: scores.span, k: count).map { (ItemIndex($0.index), $0.score) }
}
