package import RecAlgebra
internal import RecKernels

/// The Gaussian that the rows of one side are drawn from before their ratings speak: a draw of its posterior.
///
/// The normal–Wishart prior of R. Salakhutdinov & A. Mnih, "Bayesian probabilistic matrix factorization using Markov chain
/// Monte Carlo", ICML 2008, doi:10.1145/1390156.1390267, with their μ₀ = 0, β₀ = 2, W₀ = I and ν₀ = the dimensions.
package struct FactorPrior: Sendable {
  /// How many observations the prior of the mean is worth.
  private static let meanStrength = 2.0

  /// Factors and the bias behind them.
  package let order: Int
  /// Elements from one row to the next.
  package let stride: Int
  /// μ; (stride,).
  package private(set) var mean: [Double]
  /// Λ; stride × stride.
  package private(set) var precision: [Double]
  /// N with N Nᵀ = Λ⁻¹, which turns independent normals into what the prior scatters; order × order.
  package private(set) var root: [Double]

  /// What the hyperprior expects: mean 0, precision ν₀ W₀.
  package init(order: Int, stride: Int) {
    self.order = order
    self.stride = stride
    mean = [Double](repeating: 0, count: stride)
    precision = [Double](repeating: 0, count: stride * stride)
    root = [Double](repeating: 0, count: order * order)
    for place in 0..<order {
      precision[place * stride + place] = Double(order)
      root[place * order + place] = 1 / Double(order).squareRoot()
    }
  }

  /// The products of a side's rows with themselves, and their sum.
  package struct Scatter: Sendable {
    package let count: Double
    /// stride × stride; the upper triangle.
    package let gram: [Double]
    /// (stride,).
    package let sums: [Double]

    package init(count: Double, gram: [Double], sums: [Double]) {
      self.count = count
      self.gram = gram
      self.sums = sums
    }
  }

  /// Draws Λ, then μ, given the rows (without what features add) and the weights of the features.
  ///
  /// - Parameters:
  ///   - rows: Of the residuals, the mean not taken away.
  ///   - features: Of the weights of each group, with the group's strength λ: a weight's precision is λ Λ.
  package mutating func draw(
    _ rows: Scatter, features: [(weights: Scatter, strength: Double)], seed: UInt64, purpose: CounterRandom.Purpose,
    epoch: UInt64
  ) {
    let total = rows.count + Self.meanStrength
    // The rows scatter about their mean, and the mean about 0: both subtractions in one.
    let shrunk = rows.count * rows.count / total
    let means = rows.sums.map { $0 / max(1, rows.count) }
    var scatter = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      for column in row..<order {
        var sum = rows.gram[row * stride + column] - shrunk * means[row] * means[column]
        for (weights, strength) in features { sum += strength * weights.gram[row * stride + column] }
        scatter[row * order + column] = sum + (row == column ? 1 : 0)
      }
    }
    let degrees = Double(order) + rows.count + features.reduce(0) { $0 + $1.weights.count }
    // A sum of squares and the identity is positive definite; rounding cannot make it less than the identity allows.
    guard let factor = DenseAlgebra.cholesky(scatter, order: order) else { return }
    let bartlett = CounterRandom.bartlett(order: order, degrees: degrees, seed: seed, purpose: purpose, epoch)
    setPrecision(solvedBackward(factor, bartlett))
    root = transposed(solvedForward(bartlett, factor))
    let normals = (0..<order).map { place in
      CounterRandom.normal(seed: seed, purpose: purpose, epoch, UInt64(order * order + place))
    }
    for row in 0..<order {
      let noise = (0..<order).reduce(0) { $0 + root[row * order + $1] * normals[$1] }
      mean[row] = rows.count / total * means[row] + noise / total.squareRoot()
    }
  }

  /// Λ = K Kᵀ.
  private mutating func setPrecision(_ factor: [Double]) {
    for row in 0..<order {
      for column in 0..<order {
        precision[row * stride + column] = (0..<order).reduce(0) {
          $0 + factor[row * order + $1] * factor[column * order + $1]
        }
      }
    }
  }

  /// U⁻¹ B for an upper triangular U.
  private func solvedBackward(_ upper: [Double], _ right: [Double]) -> [Double] {
    var solution = right
    for row in (0..<order).reversed() {
      for column in 0..<order {
        var sum = solution[row * order + column]
        for place in row + 1..<max(order, row + 1) {
          sum -= upper[row * order + place] * solution[place * order + column]
        }
        solution[row * order + column] = sum / upper[row * order + row]
      }
    }
    return solution
  }

  /// A⁻¹ B for a lower triangular A.
  private func solvedForward(_ lower: [Double], _ right: [Double]) -> [Double] {
    var solution = right
    for row in 0..<order {
      for column in 0..<order {
        var sum = solution[row * order + column]
        for place in 0..<row { sum -= lower[row * order + place] * solution[place * order + column] }
        solution[row * order + column] = sum / lower[row * order + row]
      }
    }
    return solution
  }

  private func transposed(_ matrix: [Double]) -> [Double] {
    (0..<order * order).map { matrix[$0 % order * order + $0 / order] }
  }
}
