/// A metric with its cutoff, as a request names it: `ndcg@10`.
package struct MetricChoice: Sendable {
  package let metric: Metric
  /// The list length that it looks at; nil where it has none or looks at the whole list.
  package let cutoff: Int?
  /// The stable name of its column: `ndcg@10`, `mrr`, `coverage`.
  package let name: String
  /// The metric's own measure, or that of the library it was asked for as.
  package let measure: Metric.Measure

  /// - Parameters:
  ///   - written: The cutoff behind `@`, at least 1; must be nil for a metric that never has one.
  ///   - listLength: The cutoff of metrics that need one and have none written, at least 1.
  ///   - library: Whose definition is wanted; where it does not differ, the metric's own is its definition, too.
  package init(_ metric: Metric, written: Int?, listLength: Int, library: MetricLibrary? = nil) {
    precondition((written ?? 1) >= 1 && listLength >= 1, "a list has at least one place")
    precondition(written == nil || metric.cutoff != .never, "a metric without a cutoff")
    let variant = metric.variants.first { $0.library == library }
    let rule = variant?.cutoff ?? metric.cutoff
    self.metric = metric
    measure = variant?.measure ?? metric.measure
    cutoff =
      switch rule {
      case .never: nil
      case .whenWritten: written
      case .always, .listLength: written ?? listLength
      }
    let named = rule == .always ? cutoff : written
    name = named.map { "\(metric.name)@\($0)" } ?? metric.name
  }

  /// Reads a name such as `ndcg@10`, `NDCG` or `mrr`.
  package init(parsing text: String, listLength: Int, library: MetricLibrary? = nil) throws(MetricError) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let metric = MetricCatalog[String(parts[0])] else { throw .unknown(String(parts[0])) }
    var written: Int?
    if parts.count == 2 {
      guard metric.cutoff != .never else { throw .takesNoCutoff(metric: metric.name) }
      guard let number = Int(parts[1]), Self.cutoffs.contains(number) else {
        throw .cutoffOutOfBounds(metric: metric.name, text: String(parts[1]))
      }
      written = number
    }
    self.init(metric, written: written, listLength: listLength, library: library)
  }

  /// The cutoffs that may be written.
  package static let cutoffs = 1...1_000_000
}

/// Why a word is no metric.
package enum MetricError: Error, Sendable, Equatable {
  /// No metric of this name: `ndgc`.
  case unknown(String)
  /// `rmse@10`
  case takesNoCutoff(metric: String)
  /// `ndcg@0`, `ndcg@x`, `ndcg@`
  case cutoffOutOfBounds(metric: String, text: String)
}
