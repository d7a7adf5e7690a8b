extension Metric {
  /// The mean absolute error of predicted ratings.
  package static let mae = Metric(
    "mae", summary: "mean absolute error of predicted ratings", cutoff: .never, isLargerBetter: false,
    definition: """
      MAE = Σ |p − r| / n over all n test ratings r and their predictions p, in the units of the loaded file.

      Every test row counts, fallback answers included; predictions are clipped to the scale of the file, as for RMSE. \
      Pooled over ratings. Models that predict no ratings have none.

      The same as scikit-learn's mean_absolute_error on the same predictions.
      """,
    measure: .ratings(loss: { abs($0 - $1) }, finish: { $0 }),
    variants: [.lenskit, .recbole].map {
      Variant(
        $0, "does not clip predictions", measure: .ratings(loss: { abs($0 - $1) }, finish: { $0 }, isClipped: false))
    })
}
