internal import RecKernels

/// Ridge regression on the rows of a few items: how a newcomer gets factors, in closed form.
///
/// x = argmin Σ (t_n − r_n · x)² + λ|x|²; A. E. Hoerl & R. W. Kennard 1970, doi:10.1080/00401706.1970.10488634.
struct RidgeRegression {
  /// r_n, one after the other; (count × width,).
  let rows: [Double]
  let count: Int
  let width: Int
  /// λ, greater than 0.
  let penalty: Double

  /// x for targets t, (width,); zeros where the system has no finite solution.
  func solution(of targets: [Double]) -> [Double] {
    if count >= width { return solve(combined(targets)) }
    // Fewer rows than unknowns: x = Rᵀ (R Rᵀ + λ)⁻¹ t is the smaller system.
    var kernel = [Double](repeating: 0, count: count * count)
    let rows = rows
    var output = kernel.mutableSpan
    DenseAlgebra.multiply(
      rows.span, stride: width, transposed: false, rows.span, stride: width, transposed: true, rows: count,
      columns: count, inner: width,
      into: &output, stride: count)
    return combined(solved(&kernel, targets))
  }

  /// (Rᵀ R + λ)⁻¹ y, (width,).
  func solve(_ right: [Double]) -> [Double] {
    var gram = [Double](repeating: 0, count: width * width)
    let rows = rows
    var output = gram.mutableSpan
    DenseAlgebra.gram(rows.span, stride: width, order: width, inner: count, into: &output)
    return solved(&gram, right)
  }

  /// Rᵀ w, (width,).
  private func combined(_ weights: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    for row in 0..<count {
      for place in 0..<width { sums[place] += weights[row] * rows[row * width + place] }
    }
    return sums
  }

  private func solved(_ matrix: inout [Double], _ right: [Double]) -> [Double] {
    let order = right.count
    for place in 0..<order { matrix[place * order + place] += penalty }
    var solution = right
    var system = matrix.mutableSpan
    var side = solution.mutableSpan
    let isSolved = DenseAlgebra.solvePositiveDefinite(&system, order: order, right: &side)
    return isSolved && solution.allSatisfy(\.isFinite) ? solution : [Double](repeating: 0, count: order)
  }
}
