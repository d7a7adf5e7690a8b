import RecAlgebra
internal import RecData
internal import RecModels

/// What models were trained on, seen from the index space of the test data.
///
/// The two spaces are the same where one split made both; else ids are matched.
struct TrainingSpace: Sendable {
  let training: Dataset
  /// For each test user the index in training or -1; nil where the two are the same.
  private let userTranslation: [Int32]?
  /// For each test item the index in training or -1; nil where the two are the same.
  let itemTranslation: [Int32]?
  /// For each training item the index in the test data or -1; nil where the two are the same.
  private let reverseItemTranslation: [Int32]?
  /// Training ratings of each test item, (itemCount,).
  let ratingCounts: [Int]
  /// The mean of all training ratings: the answer for an item that the model has no place for.
  let mean: Float

  init(_ training: Dataset, seenFrom test: Dataset) {
    self.training = training
    userTranslation = training.entities.users.translation(from: test.entities.users)
    itemTranslation = training.entities.items.translation(from: test.entities.items)
    reverseItemTranslation =
      itemTranslation == nil ? nil : test.entities.items.translation(from: training.entities.items)
    let counts = training.ratingCounts
    ratingCounts = itemTranslation?.map { $0 < 0 ? 0 : counts[Int($0)] } ?? counts
    let sum = training.interactions.values.reduce(0.0) { $0 + Double($1) }
    mean = training.count > 0 ? Float(sum / Double(training.count)) : 0
  }

  /// Whether a model was trained on the same ratings in the same index space.
  func holds(_ other: Dataset) -> Bool {
    training.interactions == other.interactions && training.entities.users == other.entities.users
      && training.entities.items == other.entities.items
  }

  /// What a model goes by for a test user, in the model's index space.
  ///
  /// - Parameter additions: The histories of those who have rated since the model was trained.
  func history(of user: Int, in test: Dataset, additions: [UserID: History] = [:]) -> History {
    if !additions.isEmpty, let added = additions[test.entities.users[UserIndex(user)]] { return added }
    let index = userTranslation.map { Int($0[user]) } ?? user
    return index < 0 ? .unknown : training.history(of: UserIndex(index))
  }

  /// The index of a test item in training, or -1.
  func trainingItem(_ item: Int32) -> Int32 { itemTranslation.map { $0[Int(item)] } ?? item }

  /// The items of a history that the test data have, in the test data's index space, ascending.
  func testItems(of history: History) -> [Int32] {
    guard let reverseItemTranslation else { return history.items }
    return history.items.map { reverseItemTranslation[Int($0)] }.filter { $0 >= 0 }.sorted()
  }
}
