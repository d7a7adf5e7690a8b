/// Every algorithm there is; commands, options, completion and the conformance suite are read from it.
package enum AlgorithmCatalog {
  /// In the order in which `help` lists them.
  package static let all: [Algorithm] = [
    .popular,
    .baseline,
    .random,
    .svd,
    .tfidf,
  ]

  /// The algorithm of a name, in lower case.
  package static subscript(name: String) -> Algorithm? { all.first { $0.name == name } }

  /// The algorithms that are trained on the spot where a model is wanted.
  package static let referenceNames = all.filter(\.isReference).map(\.name)
}
