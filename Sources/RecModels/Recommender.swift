package import RecData

/// A trained model: what it learned, ready to score; cannot be changed.
///
/// Scores are comparable within one user only. The same history gives the same bits whether it is scored alone or with
/// others, on any number of threads. Item indices are those of the training data's `Entities`.
///
/// **Saving.** Every model is saved and loaded by its `Codable` conformance, which the compiler writes: a new model only
/// holds `Codable` values, large ones in `DenseMatrix`, `BilinearScorer`, `SparseRows` or flat arrays of `Float`,
/// `Double`, `Int32`, `Int64` or `Int`, each of which becomes a tensor of the file named by the property. What can be
/// computed again, such as a transpose, is best a `Codable` type of its own that saves only what it is made from.
package protocol Recommender: Sendable, Codable {
  /// How many items there are to score.
  var itemCount: Int { get }

  /// Whether `predict` gives ratings in the units of the data.
  var predictsRatings: Bool { get }

  /// Whether the score of an item is its predicted rating; where it is not, lists go by something else.
  var ranksByRating: Bool { get }

  /// What `show` and JSON say of it beside users and items, such as the number of factors.
  var facts: [ModelFact] { get }

  /// Writes the ranking score of every item, (itemCount,): larger is better, `-infinity` where the model cannot score.
  ///
  /// Items that the history holds are scored like any other; leaving them out is the caller's work.
  func score(_ history: History, into scores: inout MutableSpan<Float>)

  /// The scores of several users, one row after the other, (histories.count × itemCount,); the bits that `score` gives.
  func score(_ histories: [History], into scores: inout MutableSpan<Float>)

  /// The best items of several users, in descending order of score, of equal ones the smaller index first.
  ///
  /// The scores have the bits that `score` gives; what cannot be scored is left out.
  func lists(for histories: [History], _ rule: ListRule) -> [[ScoredItem]]

  /// Makes ready for many lists, at the price of memory; changes none of them.
  ///
  /// - Parameter userCount: How many users have training data.
  /// - Returns: Whether a list takes less than a pass over all items from now on.
  func prepareLists(userCount: Int) -> Bool

  /// Predicted ratings of some items, in the data's units, not clipped; meaningful only if `predictsRatings`.
  func predict(_ history: History, items: [Int32]) -> [Float]

  /// Splits the score of an item into parts that sum to it; nil where the model cannot score the item.
  func explain(_ history: History, item: ItemIndex) -> Explanation?

  /// Splits the predicted rating of an item, where it has one, into parts that sum to it.
  func explainRating(_ history: History, item: ItemIndex) -> Explanation?

  /// Whether `similarities` answers.
  var comparesItems: Bool { get }

  /// The singular values that it rests on, largest first; nil for models without.
  var singularValues: [Double]? { get }

  /// The first two factors of an item, where it has as many.
  func firstFactors(of item: ItemIndex) -> (first: Float, second: Float)?

  /// Whether its parts have the sizes and indices that its methods rely on; asked of what comes from a file.
  ///
  /// Each part checks itself when it is decoded. Here stands what must hold between parts: that biases are as many as
  /// items, or that the items in an array of neighbours exist. `itemCount` is compared with the data elsewhere.
  var isConsistent: Bool { get }

  /// The same with the number of users of the training data, of whom a history's `user` may be any: for models that hold
  /// something of each. The others need not say it.
  func isConsistent(userCount: Int) -> Bool

  /// Items by likeness to one, cosine of what the model knows of each, (itemCount,): NaN where it cannot say.
  func similarities(to item: ItemIndex) -> [Float]?
}

extension Recommender {
  package var facts: [ModelFact] { [] }
  package func prepareLists(userCount: Int) -> Bool { false }
  package var ranksByRating: Bool { predictsRatings }
  package var comparesItems: Bool { false }
  package var singularValues: [Double]? { nil }
  package func firstFactors(of item: ItemIndex) -> (first: Float, second: Float)? { nil }

  package func score(_ histories: [History], into scores: inout MutableSpan<Float>) {
    for (row, history) in histories.enumerated() {
      var own = scores._mutatingExtracting(row * itemCount..<(row + 1) * itemCount)
      score(history, into: &own)
    }
  }

  /// The predicted rating is the score unless a model says otherwise.
  package func predict(_ history: History, items: [Int32]) -> [Float] {
    let scores = scores(history)
    return items.map { scores[Int($0)] }
  }

  package var isConsistent: Bool { true }
  package func isConsistent(userCount: Int) -> Bool { isConsistent }

  package func explainRating(_ history: History, item: ItemIndex) -> Explanation? {
    ranksByRating ? explain(history, item: item) : nil
  }

  package func similarities(to item: ItemIndex) -> [Float]? { nil }

  /// The scores as an array, for a single user.
  package func scores(_ history: History) -> [Float] {
    var scores = [Float](repeating: 0, count: itemCount)
    var span = scores.mutableSpan
    score(history, into: &span)
    return scores
  }
}

/// A number or word that a model's summary shows.
package struct ModelFact: Sendable, Equatable {
  /// The stable name in JSON, such as "factors".
  package let name: String
  package let value: OptionValue
  /// What is counted, in the singular, such as "factor"; for a value that is no count, the whole phrase.
  package let noun: String
  package init(_ name: String, _ value: OptionValue, of noun: String) {
    self.name = name
    self.value = value
    self.noun = noun
  }
}
