package import RecAlgebra

/// A shift and a scale: `normalized = (rating − shift) / scale`.
package struct RatingLine: Sendable, Equatable, Codable {
  package let shift: Double
  /// Above zero.
  package let scale: Double

  package func normalized(_ rating: Float) -> Float { Float((Double(rating) - shift) / scale) }

  package func restored(_ value: Float) -> Float { Float(Double(value) * scale + shift) }
}

/// A normalization with what it found in the ratings that it was fitted on.
///
/// Sums are in Double and in the order of the entries. Where the ratings of a user or an item are all equal, their scale is
/// that of all ratings; for `range` so is their shift, so that a lonely 4 of 1–5 does not become the lowest value there is.
package struct FittedNormalization: Sendable, Equatable, Codable {
  package let normalization: Normalization
  /// Of all ratings; what answers for somebody unknown.
  package let overall: RatingLine
  /// Of each item where the axis is `item`, else empty; (itemCount,).
  private let itemShifts: [Double]
  private let itemScales: [Double]
  /// How many users or items have ratings that are all equal.
  package let constantCount: Int

  /// - Parameter interactions: users × items, finite; may be empty.
  package init(_ normalization: Normalization, on interactions: SparseRows) {
    self.normalization = normalization
    let overall = Self.line(normalization, interactions.values[...]) ?? RatingLine(shift: 0, scale: 1)
    self.overall = overall
    var constants = 0
    var shifts: [Double] = []
    var scales: [Double] = []
    if normalization.axis != .all {
      let isOfItems = normalization.axis == .item
      let rows = isOfItems ? interactions.transposed() : interactions
      for row in 0..<rows.rowCount {
        let values = rows.values[rows.row(row)]
        if let first = values.first, values.allSatisfy({ $0 == first }) { constants += 1 }
        guard isOfItems else { continue }
        let line = Self.line(normalization, values, otherwise: overall) ?? overall
        shifts.append(line.shift)
        scales.append(line.scale)
      }
    }
    itemShifts = shifts
    itemScales = scales
    constantCount = constants
  }

  /// The line of an item; of all ratings unless each item has its own.
  package func line(ofItem item: Int) -> RatingLine {
    itemShifts.isEmpty ? overall : RatingLine(shift: itemShifts[item], scale: itemScales[item])
  }

  /// The line of a user with these ratings; of all ratings unless each user has their own.
  package func line(ofUser ratings: some Collection<Float>) -> RatingLine {
    guard normalization.axis == .user else { return overall }
    return Self.line(normalization, ratings, otherwise: overall) ?? overall
  }

  /// A user's ratings of some items, normalized.
  package func normalized(items: some Collection<Int32>, ratings: some Collection<Float>) -> [Float] {
    let own = line(ofUser: ratings)
    return zip(items, ratings).map { item, rating in
      (itemShifts.isEmpty ? own : line(ofItem: Int(item))).normalized(rating)
    }
  }

  /// Whether its numbers fit a number of items and can be used.
  package func isConsistent(itemCount: Int) -> Bool {
    itemShifts.count == (normalization.axis == .item ? itemCount : 0) && itemScales.count == itemShifts.count
      && overall.shift.isFinite && overall.scale > 0 && overall.scale.isFinite
      && itemShifts.allSatisfy(\.isFinite) && itemScales.allSatisfy { $0 > 0 && $0.isFinite }
  }

  /// The line of some ratings; nil where there are none.
  private static func line(
    _ normalization: Normalization, _ ratings: some Collection<Float>, otherwise: RatingLine? = nil
  ) -> RatingLine? {
    if ratings.isEmpty { return nil }
    switch normalization.target {
    case .range:
      var (low, high) = (Double.infinity, -Double.infinity)
      for rating in ratings {
        low = min(low, Double(rating))
        high = max(high, Double(rating))
      }
      if low == high, let otherwise { return otherwise }
      let scale = (low == high ? 1 : high - low) / (normalization.highest - normalization.lowest)
      return RatingLine(shift: low - normalization.lowest * scale, scale: scale)
    case .center: return RatingLine(shift: mean(ratings), scale: 1)
    case .zscore:
      let mean = mean(ratings)
      let squares = ratings.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      let deviation = (squares / Double(ratings.count)).squareRoot()
      let isConstant = ratings.first.map { first in ratings.allSatisfy { $0 == first } } ?? true
      return RatingLine(shift: mean, scale: isConstant || deviation == 0 ? otherwise?.scale ?? 1 : deviation)
    }
  }

  private static func mean(_ ratings: some Collection<Float>) -> Double {
    ratings.reduce(0) { $0 + Double($1) } / Double(ratings.count)
  }
}

extension Dataset {
  /// The ratings as a model sees them that is trained here, with what was found in them; nil without a normalization.
  package var normalized: (dataset: Dataset, fitted: FittedNormalization)? {
    guard let normalization = preparation.normalization, case .ratings(let scale) = feedback else { return nil }
    let fitted = FittedNormalization(normalization, on: interactions)
    var result = self
    result.interactions = interactions.replacingValues(normalizedValues(fitted))
    result.preparation.normalization = nil
    result.feedback = .ratings(
      RatingScale(
        lowest: result.interactions.values.min() ?? fitted.overall.normalized(scale.lowest),
        highest: result.interactions.values.max() ?? fitted.overall.normalized(scale.highest),
        relevant: fitted.overall.normalized(scale.relevant)))
    return (result, fitted)
  }

  /// Every rating by a normalization, in the order of the entries.
  package func normalizedValues(_ fitted: FittedNormalization) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(count)
    for user in 0..<interactions.rowCount {
      let row = interactions.row(user)
      values += fitted.normalized(items: interactions.columns[row], ratings: interactions.values[row])
    }
    return values
  }
}
