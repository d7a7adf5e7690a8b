internal import RecKernels

/// Weights that are not negative and sum to 1, fitted to a quadratic form.
enum SimplexWeights {
  /// Minimises wᵀ E w + ridge · |w|² over w ≥ 0, Σ w = 1, by exact steps that move weight from one part to another.
  ///
  /// - Parameter errors: E, symmetric and positive semidefinite; parts × parts, row-major.
  static func minimizing(_ errors: [Double], count: Int, ridge: Double) -> [Double] {
    var weights = [Double](repeating: 1 / Double(count), count: count)
    func entry(_ i: Int, _ j: Int) -> Double { errors[i * count + j] + (i == j ? ridge : 0) }
    // Far more rounds than the few parts of a blend need; the steps shrink by a constant factor.
    for _ in 0..<10_000 {
      var largestStep = 0.0
      for i in 0..<count {
        for j in 0..<i {
          let curvature = entry(i, i) - 2 * entry(i, j) + entry(j, j)
          guard curvature > 0 else { continue }
          let slope = (0..<count).reduce(0) { $0 + (entry(i, $1) - entry(j, $1)) * weights[$1] }
          // From j to i, as far as both stay at or above zero.
          let step = min(max(-slope / curvature, -weights[i]), weights[j])
          weights[i] += step
          weights[j] -= step
          largestStep = max(largestStep, abs(step))
        }
      }
      if largestStep < 1e-12 { break }
    }
    return weights
  }

  /// Minimises the mean of ln(1 + exp(−w·d)) + ridge/2 · |w|² over w ≥ 0 by projected gradient steps, then divides w by
  /// its sum; equal weights where nothing helps.
  ///
  /// - Parameters:
  ///   - differences: pairs × parts, row-major: the better item less the worse. d is that over its root mean square.
  static func separating(
    _ differences: [Double], count: Int, ridge: Double, execution: Execution
  ) throws(Cancelled) -> [Double] {
    let equal = [Double](repeating: 1 / Double(count), count: count)
    let pairs = differences.count / count
    guard pairs > 0 else { return equal }
    let scale = (differences.reduce(0) { $0 + $1 * $1 } / Double(differences.count)).squareRoot()
    guard scale > 0 else { return equal }
    // One over a bound on the curvature: the mean of |d|² is `count`.
    let step = 1 / (0.25 * Double(count) + ridge)
    var weights = equal
    for _ in 0..<500 {
      try execution.checkpoint()
      var gradient = weights.map { $0 * ridge }
      for pair in 0..<pairs {
        var product = 0.0
        for part in 0..<count { product += weights[part] * differences[pair * count + part] / scale }
        let pull = 1 / (1 + RealFunctions.exp(product)) / Double(pairs)
        for part in 0..<count { gradient[part] -= pull * differences[pair * count + part] / scale }
      }
      var change = 0.0
      for part in 0..<count {
        let moved = max(0, weights[part] - step * gradient[part])
        change = max(change, abs(moved - weights[part]))
        weights[part] = moved
      }
      if change < 1e-9 { break }
    }
    let sum = weights.reduce(0, +)
    return sum > 0 ? weights.map { $0 / sum } : equal
  }
}
