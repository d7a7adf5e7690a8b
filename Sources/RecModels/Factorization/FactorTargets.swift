package import RecAlgebra
package import RecData

/// What a factorization by gradient descent is fitted to: ratings in units that its step suits, or events and absences.
///
/// Published rates and spreads are for ratings from 1 to 5. Others are divided by the power of two that comes nearest to
/// making their width 4 or, where nothing is subtracted from them, their largest magnitude 5: ratings from 0.5 to 5 stay as
/// they are, and the division rounds nothing. Of events each is a 1, and beside them stand as many absences, zeros.
package struct FactorTargets: Sendable {
  /// Users × items.
  package let rows: SparseRows
  /// μ of the values as they are; 0 where it is not subtracted.
  package let mean: Double
  /// What a value of 1 means in the data's units.
  package let unit: Double
  /// What draws absences for users; nil where the data are ratings.
  package let absences: SampledAbsences?

  /// - Parameter isCentered: whether the mean is subtracted.
  package init(_ dataset: Dataset, isCentered: Bool, seed: UInt64) throws(TrainingError) {
    if dataset.count == 0 { throw .noInteractions }
    let interactions = dataset.interactions
    if dataset.feedback == .events {
      let absences = SampledAbsences(seed: seed)
      let rows = absences.added(to: interactions)
      let mean = isCentered ? Double(interactions.entryCount) / Double(rows.entryCount) : 0
      self.mean = mean
      unit = 1
      self.absences = absences
      self.rows = isCentered ? rows.replacingValues(rows.values.map { Float(Double($0) - mean) }) : rows
      return
    }
    let values = interactions.values
    let lowest = Double(values.min() ?? 0)
    let highest = Double(values.max() ?? 0)
    let sum = values.reduce(0) { $0 + Double($1) }
    let mean = isCentered ? sum / Double(values.count) : 0
    let unit = Self.unit(isCentered ? (highest - lowest) / 4 : max(abs(lowest), abs(highest)) / 5)
    self.mean = mean
    self.unit = unit
    absences = nil
    rows = interactions.replacingValues(values.map { Float((Double($0) - mean) / unit) })
  }

  /// The power of two nearest to a ratio; 1 for zero.
  private static func unit(_ ratio: Double) -> Double {
    guard ratio > 0 else { return 1 }
    // The significand lies in 1..<2; √2 is half way in the exponent.
    return Double(
      sign: .plus, exponent: ratio.exponent + (ratio.significand >= 2.0.squareRoot() ? 1 : 0), significand: 1)
  }
}
