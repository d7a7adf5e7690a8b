/// What is known of the users and items of a training set, for metrics of lists.
package struct Audience: Sendable, Equatable {
  /// Training ratings of each item, (itemCount,).
  package let ratingCounts: [Int]
  /// Users with at least one training rating.
  package let userCount: Int
  /// What is known of the items; nil where no metric asks for it.
  package var content: ItemContent?

  package init(ratingCounts: [Int], userCount: Int, content: ItemContent? = nil) {
    self.ratingCounts = ratingCounts
    self.userCount = userCount
    self.content = content
  }
}
