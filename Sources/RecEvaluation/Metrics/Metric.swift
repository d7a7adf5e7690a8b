/// A way to judge a model, as one self-describing value: its column, its help and its checks are read from it.
package struct Metric: Sendable {
  /// How a metric and the length of a list belong together.
  package enum Cutoff: Sendable, Equatable {
    /// It has none: `rmse`.
    case never
    /// It always has one, written (`ndcg@5`) or the list length of the request; the column is named with it.
    case always
    /// Only where it is written (`mrr@10`); otherwise the whole list counts.
    case whenWritten
    /// It goes by the list length of the request, and its column is named with it only where it is written.
    case listLength
  }

  /// What a metric is computed from.
  package enum Measure: Sendable {
    /// The mean loss of all predicted ratings, pooled over users, then a last step such as a square root; of predictions
    /// that are clipped to the file's scale, unless it says otherwise.
    case ratings(
      loss: @Sendable (_ predicted: Double, _ actual: Double) -> Double, finish: @Sendable (Double) -> Double,
      isClipped: Bool = true)
    /// A function of where one user's relevant items rank, averaged over users; nil where it is undefined.
    case ranking(@Sendable (_ ranked: borrowing RankedRelevance, _ cutoff: Int) -> Double?)
    /// The same as a sum and what it is divided by, which are added over users before the division.
    case pooled(@Sendable (_ ranked: borrowing RankedRelevance, _ cutoff: Int) -> (sum: Double, weight: Double)?)
    /// A function of the items that one user is shown, averaged over users; nil where it is undefined.
    case list(@Sendable (_ items: ArraySlice<Int32>, _ audience: Audience) -> Double?)
    /// A function of how often each item stands in the lists of all users; nil where it is undefined.
    case exposure(@Sendable (_ exposure: Exposure) -> Double?)
  }

  /// How a library computes it, where that differs from the definition: `variant=` puts it in the definition's place.
  package struct Variant: Sendable {
    package let library: MetricLibrary
    /// What it does differently, as the end of a sentence that the library's name begins.
    package let difference: String
    /// In place of the metric's own; nil for the same.
    package let cutoff: Cutoff?
    package let measure: Measure

    package init(_ library: MetricLibrary, _ difference: String, cutoff: Cutoff? = nil, measure: Measure) {
      self.library = library
      self.difference = difference
      self.cutoff = cutoff
      self.measure = measure
    }
  }

  /// The word in `metrics=` and the name of its column, in small letters.
  package let name: String
  /// The full name in one line, without a full stop.
  package let summary: String
  package let cutoff: Cutoff
  package let isLargerBetter: Bool
  /// The exact definition: formula, gain and discount, ties, empty lists, denominator, and what other libraries do
  /// differently. Paragraphs for `help`.
  package let definition: String
  /// Authors, title, year, DOI, where it has a source.
  package let source: String?
  package let measure: Measure
  package let variants: [Variant]
  /// Whether it compares what is known of items, and is undefined without.
  package let needsContent: Bool

  package init(
    _ name: String, summary: String, cutoff: Cutoff, isLargerBetter: Bool, definition: String, source: String? = nil,
    needsContent: Bool = false, measure: Measure, variants: [Variant] = []
  ) {
    self.name = name
    self.summary = summary
    self.cutoff = cutoff
    self.isLargerBetter = isLargerBetter
    self.definition = definition
    self.source = source
    self.measure = measure
    self.variants = variants
    self.needsContent = needsContent
  }

  /// Whether resampling users gives it an interval: not what counts the items of all lists together.
  package var hasInterval: Bool {
    if case .exposure = measure { false } else { true }
  }

  /// Whether it asks how well ratings are predicted, and needs no relevant items.
  package var judgesRatings: Bool {
    if case .ratings = measure { true } else { false }
  }
}
