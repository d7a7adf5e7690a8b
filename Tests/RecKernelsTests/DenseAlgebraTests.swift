import RecKernels
import Testing

@Suite struct DenseAlgebraTests {
  @Test(arguments: [(1, 1, 1), (3, 5, 2), (16, 16, 16), (17, 9, 33)], [0, 1, 2, 3])
  func `multiply is the sum of products`(shape: (rows: Int, columns: Int, inner: Int), transposition: Int) {
    var random = TestRandom(3)
    let (rows, columns, inner) = shape
    let (aTransposed, bTransposed) = (transposition & 1 == 1, transposition & 2 == 2)
    let (aStride, bStride) = ((aTransposed ? rows : inner) + 2, (bTransposed ? inner : columns) + 1)
    let a = random.doubles((aTransposed ? inner : rows) * aStride)
    let b = random.doubles((bTransposed ? columns : inner) * bStride)
    let start = random.doubles(rows * columns)
    var result = start
    var span = result.mutableSpan
    DenseAlgebra.multiply(
      a.span, stride: aStride, transposed: aTransposed, b.span, stride: bStride, transposed: bTransposed, rows: rows,
      columns: columns, inner: inner, alpha: 2, beta: 0.5, into: &span, stride: columns)
    let singleA = a.map { Float($0) }
    let singleB = b.map { Float($0) }
    var single = start.map { Float($0) }
    var singleSpan = single.mutableSpan
    DenseAlgebra.multiply(
      singleA.span, stride: aStride, transposed: aTransposed, singleB.span, stride: bStride,
      transposed: bTransposed, rows: rows, columns: columns, inner: inner, alpha: 2, beta: 0.5, into: &singleSpan,
      stride: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let sum = (0..<inner).reduce(0.0) { sum, index in
          sum + (aTransposed ? a[index * aStride + row] : a[row * aStride + index])
            * (bTransposed ? b[column * bStride + index] : b[index * bStride + column])
        }
        let expected = 2 * sum + start[row * columns + column] / 2
        // Rounding of at most 33 products and sums of at most one: about 2 · 33 units.
        #expect(abs(result[row * columns + column] - expected) < 66 * 0x1p-52)
        #expect(abs(Double(single[row * columns + column]) - expected) < 66 * 0x1p-23)
      }
    }
  }

  @Test func `gram is the product of a matrix's transpose with itself, both triangles`() {
    var random = TestRandom(4)
    let (rows, order) = (13, 6)
    let a = random.doubles(rows * order)
    var gram = [Double](repeating: .nan, count: order * order)
    var span = gram.mutableSpan
    DenseAlgebra.gram(a.span, stride: order, order: order, inner: rows, into: &span)
    for i in 0..<order {
      for j in 0..<order {
        let expected = (0..<rows).reduce(0.0) { $0 + a[$1 * order + i] * a[$1 * order + j] }
        #expect(abs(gram[i * order + j] - expected) < 1e-14)
      }
    }
  }

  /// [[2, 1], [1, 2]] has the eigenvalues 1 and 3 with the vectors (1, -1)/√2 and (1, 1)/√2.
  @Test func `symmetricEigen gives values in ascending order and their vectors as rows`() throws {
    let eigen = try #require(DenseAlgebra.symmetricEigen([2, 1, 1, 2], order: 2))
    #expect(abs(eigen.values[0] - 1) < 1e-15 && abs(eigen.values[1] - 3) < 1e-15)
    #expect(abs(eigen.vectors[0] + eigen.vectors[1]) < 1e-15 && abs(eigen.vectors[2] - eigen.vectors[3]) < 1e-15)
    #expect(abs(abs(eigen.vectors[0]) - 0.5.squareRoot()) < 1e-15)
    #expect(DenseAlgebra.symmetricEigen([], order: 0)?.values == [])
  }

  /// [[3, 0, 0], [0, 0, 2]] has the singular values 3 and 2 with right vectors e₁ and e₃.
  @Test func `singularValues gives the thin decomposition`() throws {
    let parts = try #require(DenseAlgebra.singularValues([3, 0, 0, 0, 0, 2], rows: 2, columns: 3))
    #expect(parts.values == [3, 2])
    #expect(parts.left.map { abs($0) } == [1, 0, 0, 1])
    #expect(parts.right.map { abs($0) } == [1, 0, 0, 0, 0, 1])
  }

  /// [[4, 2], [2, 5]] = [[2, 0], [1, 2]] · [[2, 1], [0, 2]].
  @Test func `cholesky gives the upper factor, and nothing for an indefinite matrix`() {
    #expect(DenseAlgebra.cholesky([4, 2, 2, 5], order: 2) == [2, 1, 0, 2])
    #expect(DenseAlgebra.cholesky([1, 2, 2, 1], order: 2) == nil)
  }

  /// [[4, 2], [2, 5]] · (1, 2) = (8, 12).
  @Test func `solves a positive definite system and refuses an indefinite one`() {
    #expect(solve([4, 2, 2, 5], [8, 12]) == [1, 2])
    #expect(solve([1, 2, 2, 1], [1, 1]) == nil)
    var matrix: [Float] = [4, 2, 2, 5]
    var right: [Float] = [8, 12, 4, 2]
    var matrixSpan = matrix.mutableSpan
    var rightSpan = right.mutableSpan
    #expect(DenseAlgebra.solvePositiveDefinite(&matrixSpan, order: 2, right: &rightSpan, count: 2))
    #expect(right == [1, 2, 1, 0])
  }

  private func solve(_ matrix: [Double], _ right: [Double]) -> [Double]? {
    var (matrix, right) = (matrix, right)
    var matrixSpan = matrix.mutableSpan
    var rightSpan = right.mutableSpan
    let isDefinite = DenseAlgebra.solvePositiveDefinite(&matrixSpan, order: 2, right: &rightSpan)
    return isDefinite ? right : nil
  }
}
