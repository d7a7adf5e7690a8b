import FoundationEssentials
import RecAlgebra
import RecKernels
import Testing

@Suite struct TruncatedSVDTests {
  /// By NumPy's dense decomposition: `Reference/singular_values.py`.
  private struct Expected: Decodable {
    struct Parts: Decodable {
      let left: [[Double]]
      let values: [Double]
      let right: [[Double]]
    }
    struct Values: Decodable { let values: [Double] }
    let guide: Parts
    let wide: Parts
    let tall: Parts
    let movielens: Values
    let movielensCentred: Values
  }

  private static let guide: [[Float]] = [[5, 3, 0, 1], [4, 0, 0, 1], [1, 1, 0, 5], [0, 0, 0, 4]]

  @Test func `gives the digits of SciPy for the guide's ratings`() throws {
    let expected = try reference("singular_values.json", as: Expected.self).guide
    let svd = try decompose(sparse(Self.guide), rank: 2)
    #expect(close(svd.values, expected.values, 1e-14))
    #expect(close(svd.left, expected.left, 6e-8) && close(svd.right, expected.right, 6e-8))
  }

  // Vectors are less exact than values: their error is the residual over the gap, its root where values are to 1e-10.
  @Test func `gives the values and vectors of SciPy for matrices it iterates on`() throws {
    let expected = try reference("singular_values.json", as: Expected.self)
    let wide = try decompose(sparse(lattice(90, 301, 5)), rank: 10, tolerance: 1e-11)
    #expect(wide.iterations > 0)
    #expect(close(wide.values, expected.wide.values, 1e-10))
    #expect(close(wide.left, expected.wide.left, 1e-5) && close(wide.right, expected.wide.right, 1e-5))
    let tall = try decompose(sparse(lattice(400, 77, 7)), rank: 12, tolerance: 1e-11)
    #expect(tall.iterations > 0)
    #expect(close(tall.values, expected.tall.values, 1e-10))
    #expect(close(tall.left, expected.tall.left, 1e-5) && close(tall.right, expected.tall.right, 1e-5))
  }

  @Test(.enabled(if: MovieLens.latestSmall != nil)) func `gives SciPy's values for MovieLens ratings`() throws {
    let expected = try reference("singular_values.json", as: Expected.self)
    let ratings = try #require(MovieLens.latestSmall)
    #expect(close(try decompose(ratings, rank: 50).values, expected.movielens.values, 1e-6))
    let centred = MovieLens.centred(ratings)
    #expect(close(try decompose(centred, rank: 50).values, expected.movielensCentred.values, 1e-6))
  }

  @Test func `gives the same bits for any number of threads`() throws {
    for matrix in [sparse(lattice(90, 301, 5)), sparse(lattice(5000, 170, 31))] {
      let results = try [1, 2, 7, 16].map { threads in
        try truncatedSVD(SparseOperator(matrix), rank: 8, seed: 42, execution: Execution(threadCount: threads))
      }
      for result in results { #expect(result == results[0]) }
    }
  }

  @Test(arguments: [1, 7, 42]) func `does not depend on the seed beyond the tolerance`(seed: UInt64) throws {
    let matrix = SparseOperator(sparse(lattice(400, 77, 7)))
    let expected = try reference("singular_values.json", as: Expected.self).tall
    let svd = try truncatedSVD(matrix, rank: 12, seed: seed, execution: Execution(threadCount: 2))
    #expect(close(svd.values, expected.values, 1e-6))
  }

  @Test func `has orthonormal vectors that reproduce a matrix of low rank`() throws {
    // Entry (i, j) is the sum of three products: rank 3.
    let (left, right) = ([7, 3, 2], [5, 11, 13])
    let rows: [[Float]] = (0..<300).map { i in
      (0..<200).map { j in Float((0..<3).reduce(0) { $0 + (i % left[$1]) * (j % right[$1]) }) }
    }
    let svd = try decompose(sparse(rows), rank: 40)
    #expect(svd.values.count == 3)
    for component in 0..<3 {
      for other in 0..<3 {
        let dot = (0..<200).reduce(0.0) { $0 + Double(svd.right[$1, component]) * Double(svd.right[$1, other]) }
        // The vectors are stored as Float.
        #expect(abs(dot - (component == other ? 1 : 0)) < 1e-6)
      }
    }
    for (i, j) in [(0, 0), (13, 57), (299, 199), (100, 3)] {
      var value = 0.0
      for part in 0..<3 { value += Double(svd.left[i, part]) * svd.values[part] * Double(svd.right[j, part]) }
      #expect(abs(value - Double(rows[i][j])) < 1e-3)
    }
  }

  @Test func `finds every copy of a multiple value`() throws {
    // A diagonal of 20 threes, 30 twos and 100 ones.
    let diagonal = (0..<150).map { Float($0 < 20 ? 3 : $0 < 50 ? 2 : 1) }
    let matrix = SparseRows(
      rowCount: 150, columnCount: 150, offsets: Array(0...150), columns: (0..<150).map { Int32($0) }, values: diagonal)
    let svd = try decompose(matrix, rank: 30)
    #expect(close(svd.values, [Double](repeating: 3, count: 20) + [Double](repeating: 2, count: 10), 1e-9))
  }

  /// The leading values lie so close together that the basis is restarted several times.
  @Test func `finds the largest numbers of a long diagonal`() throws {
    let count = 2000
    let matrix = SparseRows(
      rowCount: count, columnCount: count, offsets: Array(0...count), columns: (0..<count).map { Int32($0) },
      values: (0..<count).map { Float(($0 * 7 + 3) % count + 1) })
    let svd = try decompose(matrix, rank: 5)
    #expect(close(svd.values, [2000, 1999, 1998, 1997, 1996], 1e-8))
    for (component, value) in [2000, 1999, 1998, 1997, 1996].enumerated() {
      let place = (0..<count).first { ($0 * 7 + 3) % count + 1 == value } ?? 0
      #expect(abs(svd.right[place, component] - 1) < 1e-4)
    }
  }

  @Test(arguments: [(1, 1), (1, 9), (9, 1), (100, 90), (2000, 70)]) func `gives nothing for zeros`(
    rows: Int, columns: Int
  ) throws {
    let zero = SparseRows(
      rowCount: rows, columnCount: columns, offsets: [Int](repeating: 0, count: rows + 1), columns: [], values: [])
    let svd = try decompose(zero, rank: 5)
    #expect(svd.values.isEmpty && svd.left.rowCount == rows && svd.right.rowCount == columns)
  }

  @Test func `gives one value for a single row, column or number`() throws {
    #expect(try decompose(sparse([[-3]]), rank: 4).values == [3])
    let row = try decompose(sparse([[3, 0, -4]]), rank: 4)
    #expect(close(row.values, [5], 1e-15) && close(row.right, [[-0.6], [0], [0.8]], 6e-8))
    #expect(close(try decompose(sparse([[3], [0], [-4]]), rank: 4).values, [5], 1e-15))
  }

  @Test(arguments: [70, 77, 500]) func `gives all components when asked for as many as there are, or more`(rank: Int)
    throws
  {
    let expected = try reference("singular_values.json", as: Expected.self).tall
    let svd = try decompose(sparse(lattice(400, 77, 7)), rank: rank)
    #expect(svd.values.count <= 77)
    #expect(close(Array(svd.values.prefix(12)), expected.values, 1e-10))
    #expect(svd.values == svd.values.sorted(by: >))
  }

  @Test func `makes the largest entry of each right vector positive`() throws {
    let svd = try decompose(sparse(lattice(400, 77, 7)), rank: 12)
    for component in 0..<12 {
      let column = (0..<77).map { svd.right[$0, component] }
      let largest = column.max { abs($0) < abs($1) }
      #expect(largest.map { $0 > 0 } == true)
    }
  }

  @Test(arguments: [(90, 301, 5), (400, 177, 7), (300, 1200, 3)])
  func `a fast decomposition is near the exact one, without left vectors if they are not asked for`(
    rows: Int, columns: Int, step: Int
  ) throws {
    let matrix = SparseOperator(sparse(lattice(rows, columns, step)))
    let exact = try truncatedSVD(matrix, rank: 10, seed: 42, execution: Execution(threadCount: 2))
    for keepsLeft in [true, false] {
      let results = try [1, 2, 7].map { threads in
        try truncatedSVD(
          SingleSparseOperator(matrix), rank: 10, accuracy: .fast, keepsLeft: keepsLeft, seed: 1,
          execution: Execution(threadCount: threads))
      }
      for result in results { #expect(result == results[0]) }
      // Values that are found from below, to the fifth part that three blocks of 16 leave of so flat a spectrum.
      for (fast, value) in zip(results[0].values, exact.values) {
        #expect(fast <= value * 1.000_01 && fast > 0.8 * value)
      }
      #expect(results[0].values.count == 10 && results[0].right.columnCount == 10)
    }
  }

  @Test func `a fast decomposition finds no more components than there are`() throws {
    let ones = [[Float]](repeating: (0..<120).map { Float($0 % 7) + 1 }, count: 300)
    let svd = try truncatedSVD(
      SingleSparseOperator(SparseOperator(sparse(ones))), rank: 20, accuracy: .fast, keepsLeft: false, seed: 1,
      execution: Execution(threadCount: 1))
    #expect(svd.values.count == 1)
  }

  @Test func `stops when cancelled`() {
    let execution = Execution(threadCount: 2)
    execution.cancellation.cancel()
    #expect(throws: Cancelled()) {
      try truncatedSVD(SparseOperator(sparse(lattice(400, 77, 7))), rank: 5, seed: 1, execution: execution)
    }
  }

  private func decompose(
    _ matrix: SparseRows, rank: Int, tolerance: Double = 1e-6
  ) throws -> SingularValueDecomposition {
    try truncatedSVD(
      SparseOperator(matrix), rank: rank, tolerance: tolerance, seed: 42, execution: Execution(threadCount: 2))
  }

  /// The matrix that the reference script calls `lattice`.
  private func lattice(_ rows: Int, _ columns: Int, _ step: Int) -> [[Float]] {
    (0..<rows).map { i in
      (0..<columns).map { j in
        (7 * i + 13 * j + i * j) % step == 0 ? Float((3 * i + 5 * j + i * i * j) % 11) / 2 + 0.5 : 0
      }
    }
  }

  private func sparse(_ rows: [[Float]]) -> SparseRows {
    var (rowIndices, columns, values): ([Int32], [Int32], [Float]) = ([], [], [])
    for (i, row) in rows.enumerated() {
      for (j, value) in row.enumerated() where value != 0 {
        rowIndices.append(Int32(i))
        columns.append(Int32(j))
        values.append(value)
      }
    }
    return SparseRows.counting(
      rows: rowIndices, columns: columns, values: values, rowCount: rows.count, columnCount: rows.first?.count ?? 0)
  }

  private func close(_ values: [Double], _ expected: [Double], _ tolerance: Double) -> Bool {
    values.count == expected.count && zip(values, expected).allSatisfy { abs($0 - $1) <= tolerance * abs($1) }
  }

  /// Compares as many columns as were stored.
  private func close(_ matrix: DenseMatrix, _ expected: [[Double]], _ tolerance: Double) -> Bool {
    matrix.rowCount == expected.count
      && expected.indices.allSatisfy { row in
        expected[row].indices.allSatisfy { abs(Double(matrix[row, $0]) - expected[row][$0]) <= tolerance }
      }
  }
}
