internal import RecData
internal import RecModels

extension Evaluation {
  /// The report of the first `modelCount` candidates; the others are references.
  func report(
    _ judgements: [[Judgement]], blocks: [Judge.Block], leaked: [(model: String, rows: Int)], modelCount: Int
  ) -> EvaluationReport {
    let judgedUsers = blocks.reduce(0) { $0 + $1.relevantUsers }
    let rows = (0..<modelCount).map { place in
      EvaluationReport.Row(
        model: candidates[place].model.name, values: judgements[place].map(\.measurement), users: judgedUsers,
        ratings: test.count, skipped: users.count - judgedUsers,
        fallback: blocks.reduce(0) { $0 + $1.parts[place].fallback })
    }
    let headline = MetricChoice.headline(of: request.metrics)
    var report = EvaluationReport(
      metrics: request.metrics, rows: rows, differences: [],
      notes: leaked.map { .trainingError(model: $0.model, rows: $0.rows) } + belowPopular(judgements, modelCount),
      relevance: relevance, gain: request.gain, library: request.library, candidates: request.candidates,
      isTrainingError: !leaked.isEmpty,
      headline: headline, judgements: Array(judgements.prefix(modelCount)))
    if let metric = request.metrics.firstIndex(where: \.isOfExposure) {
      report.lists = (0..<modelCount).map { place in
        lists(of: candidates[place], exposure(blocks.map { $0.parts[place] }, of: metric, judgedUsers: judgedUsers))
      }
    }
    if let (best, next) = twoBest(report.judgements.map { $0[headline].value }, by: headline),
      let difference = report.difference(between: best, and: next, metric: headline)
    {
      report.differences = [difference]
    }
    return report
  }

  private func lists(of candidate: Judge.Candidate, _ exposure: Exposure) -> EvaluationReport.Lists {
    EvaluationReport.Lists(
      model: candidate.model.name, overlap: exposure.overlap,
      popularity: exposure.popularity(spaces[candidate.space].ratingCounts))
  }

  /// The places of the best and the next best value; of equal ones the earlier is better.
  private func twoBest(_ values: [Double?], by metric: Int) -> (best: Int, next: Int)? {
    let isLargerBetter = request.metrics[metric].metric.isLargerBetter
    let order = values.indices.compactMap { place in values[place].map { (place, isLargerBetter ? -$0 : $0) } }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    return order.count > 1 ? (order[0].0, order[1].0) : nil
  }

  /// The models that rank worse than the most popular items of what they were trained on.
  private func belowPopular(_ judgements: [[Judgement]], _ modelCount: Int) -> [EvaluationReport.Note] {
    guard let metric = rankingHeadline else { return [] }
    let isLargerBetter = request.metrics[metric].metric.isLargerBetter
    return (0..<modelCount).compactMap { place in
      let popular = candidates.indices.first {
        candidates[$0].model.algorithm == "popular" && candidates[$0].space == candidates[place].space
      }
      guard let popular, let value = judgements[place][metric].value, let bar = judgements[popular][metric].value,
        isLargerBetter ? value < bar : value > bar
      else { return nil }
      return .belowPopular(
        model: candidates[place].model.name, metric: request.metrics[metric].name, value: value, popular: bar)
    }
  }
}

extension Judgement {
  fileprivate var measurement: EvaluationReport.Measurement {
    let interval = interval
    return EvaluationReport.Measurement(
      value: value, low: interval?.low, high: interval?.high, undefinedUsers: undefinedUsers)
  }
}
