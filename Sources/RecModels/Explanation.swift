package import RecData

/// Why an item has its score: parts that sum to it.
package struct Explanation: Sendable, Equatable {
  /// One summand.
  package struct Part: Sendable, Equatable {
    /// What adds to the score.
    package enum Reason: Sendable, Equatable {
      /// The mean of all ratings.
      case mean
      /// How this user rates, against the mean.
      case userBias
      /// How this item is rated, against the mean.
      case itemBias
      /// The user's own rating of an item.
      case rated(ItemIndex, value: Float)
      /// Somebody alike, and how they rated the item.
      case neighbor(UserIndex, value: Float)
      /// A latent factor, counted from 1, and the item that has most of it in the direction of this one.
      case factor(Int, like: ItemIndex)
      /// A word or label that the item shares with what the user liked.
      case term(String)
      /// A part of a blend: the model's name and its weight.
      case model(name: String, weight: Double)
      /// A named constant or a remainder, such as "42 other ratings" or "popularity".
      case other(String)
    }
    package let reason: Reason
    /// What it adds; in the units of the score.
    package let value: Double
    /// The parts of a part, for blends; they sum to `value`.
    package let parts: [Part]

    package init(_ reason: Reason, _ value: Double, parts: [Part] = []) {
      self.reason = reason
      self.value = value
      self.parts = parts
    }
  }

  /// What the parts sum to: the score that `score` gives, to rounding.
  package let score: Double
  /// In the order in which people read them: constants first, then by size.
  package let parts: [Part]

  package init(score: Double, parts: [Part]) {
    self.score = score
    self.parts = parts
  }
}
