package import RecData
package import RecKernels
package import RecModels

extension Validation {
  /// Judges by RMSE where the model predicts ratings and by NDCG@10 where it does not, as `eval` defines them.
  ///
  /// - Parameters:
  ///   - valid: held-out rows in the index space of the training data.
  ///   - training: what the models are trained on; its items are no candidates.
  package init(on valid: Dataset, training: Dataset, seed: UInt64, execution: Execution) {
    // The training reports for itself.
    let quiet = Execution(workers: execution.workers, cancellation: execution.cancellation)
    let judges = [Metric.rmse, .ndcg].map { metric in
      let choice = MetricChoice(metric, written: nil, listLength: 10)
      var evaluation = Evaluation(
        test: valid, request: EvaluationRequest(metrics: [choice]), seed: seed, execution: quiet)
      evaluation.addSpace(of: training)
      return (choice, evaluation)
    }
    self.init(on: valid) { recommender in
      let (choice, prepared) = judges[recommender.predictsRatings ? 0 : 1]
      var evaluation = prepared
      let model = Model(
        name: "training", algorithm: "", options: OptionValues([]), recommender: recommender, training: training,
        seed: seed)
      evaluation.add(model, wanting: [true])
      return try evaluation.values()[0].map {
        Score(metric: choice.name, value: $0, isLargerBetter: choice.metric.isLargerBetter)
      }
    }
  }
}
