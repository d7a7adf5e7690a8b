internal import RecAlgebra
package import RecData
package import RecKernels
package import RecModels

/// Judges models on held-out rows.
///
/// Candidates, relevance, denominators, fallback and intervals are as the definitions of the metrics say. The numbers have
/// the same bits for any number of threads.
///
/// - Parameters:
///   - models: At least one; names may repeat.
///   - test: The held-out rows; models with another vocabulary are matched by id.
///   - seed: Keys the resamplings of the intervals and the sampled candidates.
/// - Throws: `EvaluationError`, `Cancelled`, and what training the reference model `popular` throws.
package func evaluate(
  models: [Model], on test: Dataset, request: EvaluationRequest, seed: UInt64, execution: Execution
) throws -> EvaluationReport {
  guard !models.isEmpty else { throw EvaluationError.noModels }
  guard test.count > 0 else { throw EvaluationError.nothingHeldOut }
  var evaluation = Evaluation(test: test, request: request, seed: seed, execution: execution)
  for model in models { evaluation.add(model, wanting: request.metrics.map { _ in true }) }
  let leaked = try evaluation.leakedRows()
  if leaked.isEmpty {
    try evaluation.checkFuture()
    try evaluation.addPopular()
  }
  let blocks = try evaluation.blocks(hidingTraining: leaked.isEmpty)
  let judgements = try evaluation.judgements(blocks)
  return evaluation.report(judgements, blocks: blocks, leaked: leaked, modelCount: models.count)
}
