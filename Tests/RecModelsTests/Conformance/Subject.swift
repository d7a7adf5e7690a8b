import RecData
import RecModels
import Testing

/// A way to train a model, which the conformance suite puts to every test.
struct Subject: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Whether it says different things to different users, and so must rank what a user would like.
  let isPersonal: Bool
  let train: @Sendable (Dataset, Training) throws -> TrainedModel

  /// Every algorithm of the catalog with its defaults (but few factors: as many as the rank leave nothing to fill in), every centring of svd, and blends of each kind.
  static let all: [Subject] = algorithms + centerings + blends

  private static let algorithms = AlgorithmCatalog.all.map { algorithm in
    Subject(testDescription: algorithm.name, isPersonal: !algorithm.isReference) { dataset, training in
      try trainModel(named: algorithm.name, on: dataset, options: few(algorithm), training: training)
    }
  }

  /// The defaults, with `k` (where there is such an option) set to the two tastes of a checkerboard.
  private static func few(_ algorithm: Algorithm, _ others: [String: OptionValue] = [:]) -> OptionValues {
    algorithm.options(with: others.merging(["k": .count(2)]) { given, _ in given })
  }

  private static let centerings = Centering.allCases.map { centering in
    Subject(testDescription: "svd center=\(centering.rawValue)", isPersonal: true) { dataset, training in
      try trainModel(
        named: "svd", on: dataset, options: few(.svd, ["center": .word(centering.rawValue)]), training: training)
    }
  }

  private static let blends = [
    blend(["svd": 0.8, "tfidf": 0.2]), blend(["svd": 1, "tfidf": 1, "popular": 1], method: .rank),
    blend(["svd": 0.9, "baseline": 0.1]), blend(["svd": 1, "tfidf": 2], method: .borda),
    blend(["svd": 1, "tfidf": 1], method: .switch), blend(["svd": 1, "baseline": 1], method: .switch), nested,
  ]

  private static func blend(_ parts: KeyValuePairs<String, Double>, method: Blend.Method = .score) -> Subject {
    let name = parts.map { "\($0.key):\($0.value)" }.joined(separator: " ")
    return Subject(testDescription: "blend \(name) method=\(method.rawValue)", isPersonal: true) { dataset, training in
      let models = try parts.map { name, _ in
        let algorithm = try #require(AlgorithmCatalog[name])
        return try trainModel(named: name, on: dataset, options: few(algorithm), training: training)
      }
      // Where a part is only for the cold, nearly nobody is.
      let options = OptionValues([("method", .word(method.rawValue)), ("cold", .count(2))])
      return TrainedModel(
        model: try blendModel(
          named: "blend", parts: zip(models, parts).map { ($0.model, $1.value) }, options: options, seed: training.seed),
        warnings: models.flatMap(\.warnings))
    }
  }

  private static let nested = Subject(testDescription: "blend of a blend", isPersonal: true) { dataset, training in
    let inner = try blend(["svd": 0.8, "tfidf": 0.2]).train(dataset, training)
    let outer = try trainModel(named: "baseline", on: dataset, training: training)
    let model = try blendModel(named: "outer", parts: [(inner.model, 3), (outer.model, 1)], seed: training.seed)
    return TrainedModel(model: model, warnings: inner.warnings)
  }
}
