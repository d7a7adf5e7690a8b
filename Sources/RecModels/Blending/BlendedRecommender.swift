/// A recommender that is made of others.
protocol BlendedRecommender: Recommender {
  var parts: [Blend.Part] { get }
}

extension Blend: BlendedRecommender {}
extension Switching: BlendedRecommender {}

extension BlendedRecommender {
  /// Whether there are several parts, all with the blend's items and users, or with items of their own of which they are
  /// told which they are.
  package func isConsistent(userCount: Int) -> Bool {
    parts.count > 1
      && parts.allSatisfy { part in
        guard let indices = part.itemIndices else {
          return part.recommender.itemCount == itemCount && part.recommender.isConsistent(userCount: userCount)
        }
        return indices.count == itemCount && indices.allSatisfy { $0 >= -1 && $0 < part.recommender.itemCount }
      }
  }
}
