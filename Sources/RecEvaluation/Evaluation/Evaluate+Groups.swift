package import RecData
package import RecKernels
package import RecModels

/// Judges models on each group of test rows by itself.
///
/// Of a group of users it is what `evaluate` gives for them. Of a group of items only its own test items count, as relevant
/// or as ratings to predict; they compete with all candidates, those of other groups included.
///
/// - Parameter training: what activity and popularity are counted in.
package func evaluate(
  models: [Model], on test: Dataset, by grouping: Grouping, training: Dataset, request: EvaluationRequest, seed: UInt64,
  execution: Execution
) throws -> [(group: TestGroup, report: EvaluationReport)] {
  let groups = test.groups(by: grouping, training: training)
  let quiet = Execution(workers: execution.workers, cancellation: execution.cancellation)
  return try groups.enumerated().map { place, group in
    execution.report(Progress(label: "eval by group", fraction: Double(place) / Double(groups.count)))
    return (
      group,
      try evaluate(models: models, on: group.rows, request: request, seed: seed, execution: quiet)
    )
  }
}
