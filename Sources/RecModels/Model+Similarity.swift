internal import RecAlgebra
package import RecData

extension Model {
  /// The items most like one, itself left out, in descending order of similarity, ties by id.
  ///
  /// nil where the model does not compare items; none where it knows nothing of this one.
  package func similarItems(to item: ItemIndex, count: Int) -> [ScoredItem]? {
    guard var similarities = recommender.similarities(to: item) else { return nil }
    similarities[item.raw] = .nan
    return topK(scores: similarities.span, k: count).map { ScoredItem(item: $0.index, score: $0.score) }
  }
}
