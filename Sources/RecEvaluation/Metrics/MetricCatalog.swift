package import RecData

/// The metrics that there are, in the order of `help`.
package enum MetricCatalog {
  package static let metrics: [Metric] = [
    .rmse,
    .mae,
    .precision,
    .recall,
    .f1,
    .ndcg,
    .meanAveragePrecision,
    .mrr,
    .hitRate,
    .auc,
    .coverage,
    .overlap,
    .diversity,
    .novelty,
    .popularity,
    .gini,
  ]

  /// By name without regard to case, such as "ndcg"; not with a cutoff.
  package static subscript(name: String) -> Metric? {
    let wanted = name.lowercased()
    return metrics.first { $0.name == wanted }
  }

  /// What is judged when nothing is asked for: rmse where there are ratings, precision, recall, ndcg and coverage.
  package static func defaults(for feedback: Feedback, listLength: Int, library: MetricLibrary? = nil) -> [MetricChoice]
  {
    let lists = [Metric.precision, .recall, .ndcg, .coverage]
    let all = if case .ratings = feedback { [.rmse] + lists } else { lists }
    return all.map { MetricChoice($0, written: nil, listLength: listLength, library: library) }
  }
}
