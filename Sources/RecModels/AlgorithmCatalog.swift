/// Every algorithm there is; commands, options, completion and the conformance suite are read from it.
package enum AlgorithmCatalog {
  /// In the order in which `help` lists them.
  package static let all: [Algorithm] = [
    .popular,
    .baseline,
    .random,
    .svd,
    .mf,
    .svdpp,
    .als,
    .bpr,
    .nmf,
    .knn,
    .slopeone,
    .ease,
    .graph,
    .bpmf,
    .tfidf,
    .embed,
  ]

  /// The algorithm of a name, in lower case.
  package static subscript(name: String) -> Algorithm? { all.first { $0.name == name } }

  /// The type of recommender that has a name, as saved files hold it: one that an algorithm trains, or one
  /// that is made of such.
  package static func recommender(named name: String) -> (any Recommender.Type)? { types[name] }

  private static let types = Dictionary(
    uniqueKeysWithValues: ([Blend.self, Switching.self, Normalized.self] + all.flatMap(\.models)).map {
      (String(describing: $0), $0)
    })

  /// The algorithms that are trained on the spot where a model is wanted.
  package static let referenceNames = all.filter(\.isReference).map(\.name)
}
