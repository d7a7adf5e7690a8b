import RecData
import RecModels
import Testing

/// A way to train a model, which the conformance suite puts to every test.
struct Subject: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// The algorithms of the catalog that it is made of.
  let algorithms: [String]
  /// Whether it says different things to different users, and so must rank what a user would like.
  let isPersonal: Bool
  let train: @Sendable (Dataset, Training) throws -> TrainedModel

  private init(
    testDescription: String, algorithms: [String], isPersonal: Bool,
    train: @escaping @Sendable (Dataset, Training) throws -> TrainedModel
  ) {
    self.testDescription = testDescription
    self.algorithms = algorithms
    self.isPersonal = isPersonal
    self.train = train
  }

  /// Every algorithm of the catalog with its defaults and as in each of its examples, other variants of some, and blends of
  /// each kind.
  static let all: [Subject] = AlgorithmCatalog.all.flatMap(configurations) + variants + prepared + blends

  /// The default configurations alone.
  static let defaults: [Subject] = AlgorithmCatalog.all.map { Subject($0, $0.name) }

  /// Whether it is an algorithm with other options than the defaults.
  var isVariant: Bool { algorithms.count == 1 && testDescription != algorithms[0] }

  /// Whether somebody new with a known history gets the bits of the user who has it: what is learned of users is what
  /// their histories say, in closed form.
  var foldsInExactly: Bool { algorithms.allSatisfy(Self.exact.contains) }

  private static let exact: Set = [
    "popular", "baseline", "svd", "als", "tfidf", "embed", "knn", "slopeone", "ease", "graph",
  ]

  private static func configurations(_ algorithm: Algorithm) -> [Subject] {
    ([algorithm.name] + algorithm.examples.filter { $0 != algorithm.name }).map { Subject(algorithm, $0) }
  }

  /// An algorithm as a statement trains it.
  private init(_ algorithm: Algorithm, _ statement: String) {
    testDescription = statement
    algorithms = [algorithm.name]
    isPersonal = !algorithm.isReference && !TinyData.impersonal.contains(statement)
    train = { dataset, training in
      var given: [String: OptionValue] = [:]
      for word in statement.split(separator: " ").dropFirst() {
        let sides = word.split(separator: "=", maxSplits: 1).map(String.init)
        let option = try #require(algorithm.options.first { $0.name == sides.first }, "an option of its own: \(word)")
        given[option.name] = try #require(sides.count == 2 ? option.value(sides[1]) : nil, "a value: \(word)")
      }
      return try trainModel(
        named: algorithm.name, on: dataset, options: Self.tiny(algorithm, given, on: dataset),
        training: training)
    }
  }

  /// The options of a statement, with those that a tiny dataset needs in their place.
  private static func tiny(
    _ algorithm: Algorithm, _ given: [String: OptionValue] = [:], on dataset: Dataset
  ) -> OptionValues {
    algorithm.options(with: given.merging(TinyData.options(of: algorithm.name, on: dataset)) { _, tiny in tiny })
  }

  /// Statements beside the catalog's examples: every centring of svd, and neighbours found and asked in other ways.
  private static let variants =
    [
      ("svd", Centering.allCases.map { "center=\($0.rawValue)" }),
      ("als", ["center=none solver=cg", "feedback=implicit solver=cholesky weighting=count confidence=log"]),
      (
        "knn",
        [
          "by=user", "similarity=bm25 center=none", "similarity=tfidf nearest=rated",
          "by=user similarity=jaccard center=zscore rank=rating", "similarity=msd center=mean rank=rating",
          "by=user similarity=cosine-common center=none rank=rating",
        ]
      ),
    ].flatMap { name, options in
      AlgorithmCatalog[name].map { algorithm in options.map { Subject(algorithm, "\(name) \($0)") } } ?? []
    }

  /// Models of normalized ratings and of an imputed matrix.
  static let prepared: [Subject] = [
    ("svd", Preparation(normalization: Normalization(.zscore, by: .user))),
    ("svd", Preparation(imputation: MatrixImputation(.itemMean))),
    ("svd", Preparation(normalization: Normalization(.center, by: .item), imputation: MatrixImputation(.userMean))),
    ("knn", Preparation(normalization: Normalization(.range, by: .all, lowest: -1, highest: 1))),
    ("mf", Preparation(normalization: Normalization(.range, by: .item))),
    ("ease", Preparation(normalization: Normalization(.zscore, by: .all))),
  ].map { name, preparation in
    Subject(testDescription: "\(name) of \(preparation.words)", algorithms: [name], isPersonal: true) {
      dataset, training in
      let algorithm = try #require(AlgorithmCatalog[name])
      var dataset = dataset
      dataset.preparation = preparation
      return try trainModel(
        named: name, on: dataset, options: tiny(algorithm, on: dataset), training: training)
    }
  }

  private static let blends = [
    blend(["svd": 0.8, "tfidf": 0.2]), blend(["svd": 1, "tfidf": 1, "popular": 1], method: .rank),
    blend(["svd": 0.9, "baseline": 0.1]), blend(["svd": 1, "tfidf": 2], method: .borda),
    blend(["svd": 1, "tfidf": 1], method: .switch), blend(["svd": 1, "baseline": 1], method: .switch), nested,
  ]

  private static func blend(_ parts: KeyValuePairs<String, Double>, method: Blend.Method = .score) -> Subject {
    let name = parts.map { "\($0.key):\($0.value)" }.joined(separator: " ")
    return Subject(
      testDescription: "blend \(name) method=\(method.rawValue)", algorithms: parts.map(\.key), isPersonal: true
    ) { dataset, training in
      let models = try parts.map { name, _ in
        let algorithm = try #require(AlgorithmCatalog[name])
        return try trainModel(named: name, on: dataset, options: tiny(algorithm, on: dataset), training: training)
      }
      // Where a part is only for the cold, nearly nobody is.
      let options = OptionValues([("method", .word(method.rawValue)), ("cold", .count(2))])
      return TrainedModel(
        model: try blendModel(
          named: "blend", parts: zip(models, parts).map { ($0.model, $1.value) }, options: options, seed: training.seed),
        warnings: models.flatMap(\.warnings))
    }
  }

  private static let nested = Subject(
    testDescription: "blend of a blend", algorithms: ["svd", "tfidf", "baseline"], isPersonal: true
  ) { dataset, training in
    let inner = try blend(["svd": 0.8, "tfidf": 0.2]).train(dataset, training)
    let outer = try trainModel(named: "baseline", on: dataset, training: training)
    let model = try blendModel(named: "outer", parts: [(inner.model, 3), (outer.model, 1)], seed: training.seed)
    return TrainedModel(model: model, warnings: inner.warnings)
  }
}

extension Preparation {
  fileprivate init(normalization: Normalization? = nil, imputation: MatrixImputation? = nil) {
    self.init()
    self.normalization = normalization
    self.imputation = imputation
  }

  fileprivate var words: String {
    [normalization.map { "\($0.target.rawValue) by \($0.axis.rawValue)" }, imputation?.source.rawValue]
      .compactMap { $0 }.joined(separator: " and ")
  }
}
