package import RecData
package import RecKernels

/// A trained model with its name and where it came from: what the language binds, judges and explains.
package struct Model: Sendable {
  package var name: String
  /// The algorithm's name, such as "svd".
  package let algorithm: String
  package let options: OptionValues
  package let recommender: any Recommender
  /// What it was trained on, and whose index space its scores have.
  package let training: Dataset
  package let seed: UInt64
  /// For a blend, its parts and their weights; empty for any other.
  package let parts: [(model: Model, weight: Double)]
  /// Held-out rows that the weights of a blend were learned from, or an epoch was chosen by; nil where none were.
  package var chosenOn: Dataset?
  /// How an iterative training went; nil for the others.
  package var curve: LearningCurve?
  /// What it was found to be worth when it was judged last, such as `ndcg@10 0.1598 on test of ml-100k`; nil where nobody did.
  package var judgement: String?
  /// The program that wrote the file that it comes from, with its version; nil for one that was trained here.
  package internal(set) var writer: String?
  /// Histories of users who have rated since it was trained, folded in without training.
  package internal(set) var additions: [UserID: History] = [:]

  package init(
    name: String, algorithm: String, options: OptionValues, recommender: any Recommender, training: Dataset,
    seed: UInt64, parts: [(model: Model, weight: Double)] = []
  ) {
    self.name = name
    self.algorithm = algorithm
    self.options = options
    self.recommender = recommender
    self.training = training
    self.seed = seed
    self.parts = parts
  }

  /// Every dataset whose rows went into it: its own, those of its parts, and what was chosen by held-out rows.
  package var learnedFrom: [Dataset] {
    [training] + parts.flatMap(\.model.learnedFrom) + (chosenOn.map { [$0] } ?? [])
  }

  package var entities: Entities { training.entities }

  /// What the model goes by for a user: what it was trained on, with what was added since; unknown for anybody else.
  package func history(of user: UserID) -> History {
    if let added = additions[user] { return added }
    guard let index = entities.users.index(of: user) else { return .unknown }
    return training.history(of: index)
  }

  /// The lists of the users of a range of indices of the training data, by all threads; users.count.
  package func lists(of users: Range<Int>, _ rule: ListRule, workers: Workers) -> [[ScoredItem]] {
    let block = 128
    return workers.map((users.count + block - 1) / block) { index in
      let start = users.lowerBound + index * block
      let histories = (start..<min(users.upperBound, start + block)).map { user in
        additions.isEmpty ? training.history(of: UserIndex(user)) : history(of: entities.users[UserIndex(user)])
      }
      return recommender.lists(for: histories, rule)
    }.flatMap { $0 }
  }

  /// Adds ratings of a user; a rating of an item rated before takes its place. Items the model does not have are left out.
  package mutating func fold(_ ratings: [(item: ItemID, value: Float)], of user: UserID) {
    additions[user] = history(history(of: user), adding: ratings)
  }

  /// A history with ratings added, as somebody whom the model was not trained on; the model itself stays as it is.
  package func history(_ old: History, adding ratings: [(item: ItemID, value: Float)]) -> History {
    var merged = Dictionary(uniqueKeysWithValues: zip(old.items, old.values))
    for (item, value) in ratings {
      if let index = entities.items.index(of: item) { merged[Int32(index.raw)] = value }
    }
    let items = merged.keys.sorted()
    return History(user: nil, items: items, values: items.compactMap { merged[$0] })
  }
}
