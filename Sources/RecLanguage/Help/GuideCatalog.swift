/// The tutorials under Examples/guide, in the order in which they are taught; a test compares the list with the folder.
package enum GuideCatalog {
  /// One script.
  package struct Tutorial: Sendable {
    package let file: String
    package let summary: String
  }

  package static let tutorials = [
    Tutorial(file: "01-first-recommendations.rec", summary: "load, split, train, judge, recommend, explain"),
    Tutorial(file: "02-preparing-data.rec", summary: "look, filter, hold out, normalize, fill in"),
    Tutorial(file: "03-matrix-factorization.rec", summary: "SVD by hand on a 4×4 example, experiments with k"),
    Tutorial(file: "04-content-based.rec", summary: "TF-IDF, cosine, cold items, word vectors"),
    Tutorial(file: "05-hybrid.rec", summary: "blend a collaborative and a content model"),
    Tutorial(file: "06-judging.rec", summary: "RMSE, NDCG, intervals, folds, tuning, leaks"),
    Tutorial(file: "07-ab-tests.rec", summary: "A/B tests: plan, assign, simulate, analyze, peek"),
    Tutorial(file: "08-deploying.rec", summary: "serve over HTTP, to platforms, in an A/B test"),
  ]
}
