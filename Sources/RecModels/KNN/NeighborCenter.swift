internal import RecAlgebra

/// What is taken from the ratings before neighbours are averaged, and added to the mean again.
package enum NeighborCentering: String, Sendable, CaseIterable, Codable {
  case none
  /// The mean of the ratings of whoever or whatever is compared.
  case mean
  /// That mean, in standard deviations.
  case zscore
  /// μ + b_u + b_i.
  case baseline
}

/// Mean and standard deviation of ratings.
struct RatingSpread: Sendable {
  let mean: Double
  /// Of the population; that of all ratings where these are all equal, 1 where all are.
  let deviation: Double

  init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
  }

  init(_ ratings: some Collection<Float>, otherwise: RatingSpread? = nil) {
    if ratings.isEmpty, let otherwise {
      self = otherwise
      return
    }
    let count = Double(max(1, ratings.count))
    let mean = ratings.reduce(0) { $0 + Double($1) } / count
    let variance = ratings.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    self.mean = mean
    deviation = variance > 0 ? variance.squareRoot() : otherwise?.deviation ?? 1
  }
}

/// The spreads of several rows of ratings.
struct RatingSpreads: Sendable, Equatable, Codable {
  private let means: [Double]
  private let deviations: [Double]

  var count: Int { means.count }
  var isConsistent: Bool { means.count == deviations.count }

  /// - Parameter rows: nil for none.
  init(_ rows: SparseRows?) {
    let all = RatingSpread(rows?.values ?? [])
    let spreads = (0..<(rows?.rowCount ?? 0)).map { row in
      rows.map { RatingSpread($0.values[$0.row(row)], otherwise: all) } ?? all
    }
    means = spreads.map(\.mean)
    deviations = spreads.map(\.deviation)
  }

  subscript(row: Int) -> RatingSpread { RatingSpread(mean: means[row], deviation: deviations[row]) }
}

/// Neighbours of one prediction, as they are met.
struct NeighborSums {
  private(set) var similarity = 0.0
  private(set) var weighted = 0.0
  private(set) var count = 0

  mutating func add(_ similarity: Float, _ deviation: Double) {
    self.similarity += Double(similarity)
    weighted += Double(similarity) * deviation
    count += 1
  }

  /// The mean deviation by similarity; nil where there are fewer than `minimum` neighbours.
  func mean(minimum: Int) -> Double? { count >= max(1, minimum) ? weighted / similarity : nil }
}
