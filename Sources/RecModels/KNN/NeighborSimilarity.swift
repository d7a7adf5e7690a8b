internal import RecAlgebra

/// What neighbours are alike by.
package enum NeighborSimilarity: String, Sendable, CaseIterable, Codable {
  /// Cosine of the whole vectors; what is absent counts as zero.
  case cosine
  /// Cosine over what both have rated.
  case cosineCommon = "cosine-common"
  /// Pearson's correlation over what both have rated.
  case pearson
  /// Cosine over what both have rated, each rating less the mean of the other side: the user's mean, if items are compared.
  case adjustedCosine = "adjusted-cosine"
  /// 1 / (1 + mean squared difference) over what both have rated.
  case msd
  /// Cosine over what both have rated of what the baseline leaves, shrunk by the number of common ratings.
  case pearsonBaseline = "pearson-baseline"
  /// Share of what either has that both have.
  case jaccard
  /// Product of the vectors as BM25 weighs them.
  case bm25
  /// Cosine of the vectors as TF-IDF weighs them.
  case tfidf

  /// Whether it needs ratings that differ from each other.
  package var isOfOpinions: Bool {
    switch self {
    case .pearson, .adjustedCosine, .pearsonBaseline: true
    case .cosine, .cosineCommon, .msd, .jaccard, .bm25, .tfidf: false
    }
  }

  var measure: RowSimilarity.Measure {
    switch self {
    case .cosine, .tfidf: .cosine
    case .cosineCommon, .adjustedCosine, .pearsonBaseline: .commonCosine
    case .pearson: .correlation
    case .msd: .inverseDifference
    case .jaccard: .union
    case .bm25: .product
    }
  }
}

/// How users or items are compared.
package struct NeighborComparison: Sendable, Codable {
  package var similarity = NeighborSimilarity.cosine
  /// How many common ratings two neighbours need; for similarities over what both have rated.
  package var support = 1
  /// How much a similarity that rests on little is made smaller; nil for 100 with `pearsonBaseline`, 0 with the others.
  package var shrink: Double?
  /// BM25's saturation k₁ and length normalisation b.
  package var saturation = 100.0
  package var lengthShare = 0.8
  package init() {}

  var damping: RowSimilarity.Damping {
    var damping = RowSimilarity.Damping()
    damping.support = support
    damping.shrink = shrink ?? 0
    if similarity == .pearsonBaseline {
      // One common rating correlates with any other, and n − 1 of them are evidence.
      damping.support = max(2, support)
      damping.shrink = shrink ?? 100
      damping.less = 1
    }
    return damping
  }
}
