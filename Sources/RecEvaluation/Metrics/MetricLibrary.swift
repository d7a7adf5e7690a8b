/// A library whose definitions `variant=` reproduces, so that the tables of papers that used it can be matched.
package enum MetricLibrary: String, Sendable, CaseIterable {
  /// B. Frederickson's implicit 0.7, `ranking_metrics_at_k`.
  case implicit
  /// LensKit 2025.
  case lenskit
  /// RecBole 1.2.
  case recbole
  /// ranx 0.3.
  case ranx

  /// The name as its authors write it.
  package var title: String {
    switch self {
    case .implicit: "implicit"
    case .lenskit: "LensKit"
    case .recbole: "RecBole"
    case .ranx: "ranx"
    }
  }
}
