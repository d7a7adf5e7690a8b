/// How a step of pairwise training goes.
package struct PairwiseRule: Sendable {
  package enum Loss: Sendable {
    /// −ln σ(x); x is by how much the positive's score is above the negative's.
    case logistic
    /// weight · (1 − x) for the first negative with x < 1; the weight is that of the number of negatives tried, from 0,
    /// (trials,). No vector of factors gets longer than `longest`.
    case rankedHinge(weights: [Float], longest: Float)
  }
  package var loss: Loss
  package var rate: Float
  package var regularization: Float
  /// How many negatives are drawn at most until one is found that the row does not have.
  package var trials: Int
  package var seed: UInt64
  /// The purpose of the random numbers, as `CounterRandom` has it.
  package var purpose: UInt64
  /// Whether only the rows' factors move.
  package var keepsColumns = false

  package init(
    loss: Loss, rate: Float, regularization: Float, trials: Int, seed: UInt64, purpose: UInt64,
    keepsColumns: Bool = false
  ) {
    self.loss = loss
    self.rate = rate
    self.regularization = regularization
    self.trials = trials
    self.seed = seed
    self.purpose = purpose
    self.keepsColumns = keepsColumns
  }
}
