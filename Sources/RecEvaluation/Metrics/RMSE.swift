extension Metric {
  /// The root of the mean squared error of predicted ratings.
  package static let rmse = Metric(
    "rmse", summary: "root mean squared error of predicted ratings", cutoff: .never, isLargerBetter: false,
    definition: """
      RMSE = √( Σ (p − r)² / n ) over all n test ratings r and their predictions p, in the units of the loaded file.

      Every test row counts. Where the user or the item has no training rating the model's fallback answers; the column \
      `fallback` counts those rows. Predictions are clipped to the scale of the file, here and in MAE only. It is pooled \
      over ratings, not averaged over users, so that users with many ratings weigh more. Models that predict no ratings \
      have none.

      The interval resamples users, not ratings: the ratings of one user are not independent.

      The same as scikit-learn's root_mean_squared_error and Surprise's accuracy.rmse on the same predictions; Surprise \
      clips, too.
      """,
    measure: .ratings(loss: squared, finish: { $0.squareRoot() }),
    variants: [.lenskit, .recbole].map {
      Variant(
        $0, "does not clip predictions",
        measure: .ratings(loss: squared, finish: { $0.squareRoot() }, isClipped: false))
    })

  private static let squared: @Sendable (Double, Double) -> Double = { ($0 - $1) * ($0 - $1) }
}
