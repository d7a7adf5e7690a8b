/// How much synthetic data to make; the defaults are the size of MovieLens 100k.
package struct GenerationOptions: Sendable, Equatable {
  /// At least 1.
  package var users = 943
  /// At least 1.
  package var items = 1682
  /// Different pairs of a user and an item; at most half of all there are.
  package var ratings = 100_000
  /// Keys every random choice.
  package var seed: UInt64 = 42

  package init() {}

  package init(users: Int, items: Int, ratings: Int, seed: UInt64) {
    self.users = users
    self.items = items
    self.ratings = ratings
    self.seed = seed
  }

  /// The most ratings that these users and items can have.
  package var ratingLimit: Int {
    let (pairs, overflows) = users.multipliedReportingOverflow(by: items)
    return overflows ? Int.max : max(1, pairs / 2)
  }

  func check() throws(DataError) {
    for (option, count) in [("users", users), ("items", items), ("ratings", ratings)] {
      guard count >= 1 else { throw .unsuitableOption(option: option, reason: "must be at least 1, found \(count)") }
    }
    for (option, count) in [("users", users), ("items", items)] where count > 100_000_000 {
      throw .unsuitableOption(option: option, reason: "must be at most 100000000, found \(count)")
    }
    guard ratings <= ratingLimit else {
      throw .unsuitableOption(
        option: "ratings",
        reason:
          "must be at most \(ratingLimit), half of the \(users) x \(items) pairs of a user and an item, found \(ratings)"
      )
    }
    guard ratings <= Int(UInt32.max) else {
      throw .unsuitableOption(option: "ratings", reason: "must be at most \(UInt32.max), found \(ratings)")
    }
  }
}
