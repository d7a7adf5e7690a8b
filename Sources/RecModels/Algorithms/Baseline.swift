package import RecData

/// Predicts a rating as mean + user bias + item bias, and ranks by it: for one user, by the item biases.
package struct Baseline: Recommender {
  /// How the biases are found.
  package enum Method: Sendable, Equatable {
    /// Damped means, items first and users of what these leave.
    case damped(Double)
    /// Alternating least squares: ridge regression of the items, then of the users, and again.
    case alternating(userPenalty: Double, itemPenalty: Double, epochs: Int)
    /// Stochastic gradient descent, user by user.
    case descent(rate: Double, penalty: Double, epochs: Int)
  }

  package let estimates: BaselineEstimates
  package let predictsRatings: Bool
  /// b_u as descent left them; (users,), empty where they follow from the history.
  private let userBiases: [Double]

  package var itemCount: Int { estimates.itemCount }

  package init(_ dataset: Dataset, _ method: Method, _ training: Training) throws {
    if dataset.count == 0 { throw TrainingError.noInteractions }
    predictsRatings = dataset.feedback != .events
    switch method {
    case .damped(let damping):
      estimates = BaselineEstimates(dataset.interactions, damping: damping)
      userBiases = []
    case .alternating(let userPenalty, let itemPenalty, let epochs):
      estimates = try .alternating(
        dataset.interactions, userPenalty: userPenalty, itemPenalty: itemPenalty, epochs: epochs, training)
      userBiases = []
    case .descent(let rate, let penalty, let epochs):
      (estimates, userBiases) = try BaselineEstimates.descended(
        dataset.interactions, rate: rate, penalty: penalty, epochs: epochs, training)
    }
  }

  /// b_u: what was learned of a user of the training data, or what follows from the history.
  package func userBias(_ history: History) -> Double {
    if let user = history.user?.raw, !history.isEmpty, user < userBiases.count { return userBiases[user] }
    return estimates.userBias(history)
  }

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    let offset = estimates.mean + userBias(history)
    for item in estimates.itemBiases.indices {
      scores[item] = estimates.isKnown(item) ? Float(offset + estimates.itemBiases[item]) : -.infinity
    }
  }

  package func predict(_ history: History, items: [Int32]) -> [Float] {
    let offset = estimates.mean + userBias(history)
    return items.map { Float(offset + estimates.itemBiases[Int($0)]) }
  }

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    guard estimates.isKnown(item.raw) else { return nil }
    return Explanation(parts: [
      .init(.mean, estimates.mean), .init(.userBias, userBias(history)),
      .init(.itemBias, estimates.itemBiases[item.raw]),
    ])
  }
}

extension Algorithm {
  /// Mean and biases.
  package static let baseline = Algorithm(
    name: "baseline", summary: "predict the mean, adjusted for the user and the item", isReference: true,
    options: [
      .choice(
        "method", default: "damped",
        [
          Choice("damped", "means with `damping` ratings at the mean added beforehand"),
          Choice("als", "ridge regression of items and users in turn, with `reg_item` and `reg_user`"),
          Choice("sgd", "stochastic gradient descent with `rate` and `reg`"),
        ], "how the biases are found"),
      OptionSpec(
        "damping", .number(0...1_000_000), default: "5", unit: "ratings",
        "damped: how many ratings at the mean every user and item is given beforehand"),
      OptionSpec("reg_user", .number(0...1_000_000), default: "15", unit: "ratings", "als: penalty on users' biases"),
      OptionSpec("reg_item", .number(0...1_000_000), default: "10", unit: "ratings", "als: penalty on items' biases"),
      OptionSpec("rate", .number(1e-6...1), default: "0.005", "sgd: how far a step follows the error of a rating"),
      OptionSpec("reg", .number(0...1), default: "0.02", "sgd: penalty on every bias, for each of its ratings"),
      OptionSpec(
        "epochs", .count(1...100_000), unit: "epochs", "als, sgd: how often the training goes over the data; 10 and 20"),
    ],
    examples: ["baseline", "baseline damping=10", "baseline method=als"],
    notes: """
      damped: b_i = Σ(r − μ)/(n_i + damping), b_u = Σ(r − μ − b_i)/(n_u + damping); the damping of 5 is LensKit's. als: the \
      same formulas in turn, b_i of r − μ − b_u, with the penalties and epochs of Surprise. sgd: its rate, penalty and \
      epochs, too; somebody who has rated since gets the damped mean of 1/(rate · epochs) ratings, which is how far \
      descent comes. An unknown user has b_u = 0, an unknown item b_i = 0; in lists an item without ratings cannot be \
      scored. Events are ranked by their mean weight and get no predicted ratings.
      """,
    source: "Koren 2008, section 2.1, doi:10.1145/1401890.1401944; Koren 2010 (als), doi:10.1145/1644873.1644874",
    models: Baseline.self
  ) { dataset, options, training in
    let method: Baseline.Method =
      switch options.word("method") {
      case "als":
        .alternating(
          userPenalty: options.number("reg_user") ?? 15, itemPenalty: options.number("reg_item") ?? 10,
          epochs: options.count("epochs") ?? 10)
      case "sgd":
        .descent(
          rate: options.number("rate") ?? 0.005, penalty: options.number("reg") ?? 0.02,
          epochs: options.count("epochs") ?? 20)
      default: .damped(options.number("damping") ?? BaselineEstimates.standardDamping)
      }
    return TrainedRecommender(try Baseline(dataset, method, training))
  }
}
