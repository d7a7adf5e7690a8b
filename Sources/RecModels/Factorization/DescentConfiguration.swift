/// How a factorization is trained by stochastic gradient descent.
package struct DescentConfiguration: Sendable {
  package var factors = 100
  package var epochs = 20
  /// How far a step goes.
  package var rate = 0.005
  /// The penalty on the square of every parameter, for each rating that it has part in.
  package var regularization = 0.02
  /// Whether user and item have biases beside their factors.
  package var hasBiases = true
  /// Whether held-out rows choose the epoch.
  package var stopsEarly = true
  /// The standard deviation of the factors that the training begins with, in units for ratings from 1 to 5.
  package var deviation = 0.1
  /// Chooses these factors; nil for the training's seed.
  package var seed: UInt64?
  package init() {}

  /// What options named as in `descentOptions` ask for, over the defaults here.
  package init(_ options: OptionValues) {
    self.init()
    factors = options.count("k") ?? factors
    epochs = options.count("epochs") ?? epochs
    rate = options.number("rate") ?? rate
    regularization = options.number("reg") ?? regularization
    hasBiases = options.flag("biases") ?? hasBiases
    stopsEarly = options.stopsEarly
    seed = options.count("seed").map { UInt64($0) }
  }
}

extension TrainingError {
  /// A training whose error grew beyond all bounds.
  static func diverged(rate: Double) -> TrainingError {
    .unsuitable(option: "rate", reason: "the steps of \(rate) are too long for these ratings and the training diverged")
  }
}
