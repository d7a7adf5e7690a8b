import RecAlgebra
import RecKernels
import Testing

/// Similarities of rows against loops over pairs of dense rows.
@Suite struct RowSimilarityTests {
  static let shapes = [
    (1, 1, 1.0), (1, 40, 0.5), (33, 1, 0.6), (40, 17, 0.0), (31, 64, 0.3), (70, 45, 0.5), (200, 30, 0.2),
  ]
  static let measures: [RowSimilarity.Measure] = [
    .commonCosine, .inverseDifference, .correlation, .product, .cosine, .union,
  ]

  @Test(arguments: shapes, measures) func `finds the neighbours that a loop over all pairs finds`(
    shape: (rows: Int, columns: Int, density: Double), measure: RowSimilarity.Measure
  ) throws {
    for (support, less, shrink) in [(1, 0.0, 0.0), (3, 0.0, 2.5), (2, 1.0, 10.0)] {
      var damping = RowSimilarity.Damping()
      (damping.support, damping.less, damping.shrink) = (support, less, shrink)
      let (matrix, dense) = Self.matrix(shape, ones: measure == .union)
      let lengths = dense.map { row in
        measure == .union ? Float(row.count { $0 != nil }) : row.reduce(0) { $0 + ($1 ?? 0) * ($1 ?? 0) }.squareRoot()
      }
      let similarity = RowSimilarity(
        measure, damping, transpose: matrix.transposed(), lengths: [.cosine, .union].contains(measure) ? lengths : [])
      for keep in [1, 5, 150, 1000] {
        let found = try similarity.neighbors(of: matrix, keep: keep, label: "test", Execution(threadCount: 1))
        for threads in [2, 7, 16] {
          #expect(
            try similarity.neighbors(of: matrix, keep: keep, label: "test", Execution(threadCount: threads)) == found)
        }
        for row in 0..<shape.rows {
          let expected = dense.indices.compactMap { other -> (column: Int, value: Double)? in
            let value = Self.plain(measure, damping, dense[row], dense[other])
            return other != row && value > 1e-9 ? (other, value) : nil
          }.sorted { ($1.value, $0.column) < ($0.value, $1.column) }.prefix(keep)
          let entries = found.row(row)
          #expect(entries.count == expected.count)
          // Equal ones may come in another order where rounding decides; the values are the same.
          let values = found.values[entries].sorted(by: >)
          for (value, other) in zip(values, expected) { #expect(abs(Double(value) - other.value) < 1e-5) }
          #expect(zip(found.columns[entries], found.columns[entries].dropFirst()).allSatisfy { $0 < $1 })
        }
      }
    }
  }

  @Test(arguments: shapes) func `gives the same bits on every instruction set`(
    shape: (rows: Int, columns: Int, density: Double)
  ) {
    let (matrix, _) = Self.matrix(shape, ones: false)
    let transpose = matrix.transposed()
    for row in 0..<shape.rows {
      let entries = matrix.row(row)
      let (columns, values) = (matrix.columns.span.extracting(entries), matrix.values.span.extracting(entries))
      func sums(_ clone: KernelClone?) -> [UInt32] {
        var sums = [Float](repeating: 0, count: shape.rows)
        var span = sums.mutableSpan
        NeighborKernels.addRows(
          columns, weights: values, offsets: transpose.offsets.span, columns: transpose.columns.span,
          values: transpose.values.span, columnCount: shape.rows, into: &span, clone: clone)
        let lengths = [Float](repeating: 0.7, count: shape.rows)
        for division in [NeighborKernels.Division.productOfLengths, .unionOfLengths] {
          NeighborKernels.divide(&span, by: division, own: 1.3, lengths: lengths.span, shrink: 0.1, clone: clone)
        }
        return sums.map(\.bitPattern)
      }
      func similarities(_ kind: NeighborKernels.Similarity, _ clone: KernelClone?) -> [UInt32] {
        var moments = [Double](repeating: 0, count: shape.rows * 8)
        var marks = [UInt8](repeating: 0, count: (shape.rows + 31) / 32)
        var columnsFound = [Int32](repeating: 0, count: shape.rows)
        var found = [Float](repeating: 0, count: shape.rows)
        var momentSpan = moments.mutableSpan
        var markSpan = marks.mutableSpan
        var columnSpan = columnsFound.mutableSpan
        var foundSpan = found.mutableSpan
        let count = kind == .correlation ? NeighborKernels.MomentCount.eight : .four
        NeighborKernels.addMoments(
          count, columns, weights: values, offsets: transpose.offsets.span, columns: transpose.columns.span,
          values: transpose.values.span, columnCount: shape.rows, into: &momentSpan, marks: &markSpan, clone: clone)
        let number = NeighborKernels.similarities(
          kind, count, support: 1, less: 0, shrink: 3, columnCount: shape.rows, moments: &momentSpan,
          marks: &markSpan, columns: &columnSpan, values: &foundSpan, clone: clone)
        #expect(moments.allSatisfy { $0 == 0 } && marks.allSatisfy { $0 == 0 })
        return columnsFound[..<number].map { UInt32($0) } + found[..<number].map(\.bitPattern)
      }
      for clone in KernelClone.available {
        #expect(sums(clone) == sums(nil))
        for kind in [NeighborKernels.Similarity.commonCosine, .inverseDifference, .correlation] {
          #expect(similarities(kind, clone) == similarities(kind, nil))
        }
      }
    }
  }

  @Test(arguments: [0, 1, 2, 15, 16, 17, 100, 1000]) func `keeps the largest, and of equal ones the first`(count: Int) {
    var random = TestRandom(UInt64(count))
    let choices: [Float] = [0.25, 0.5, 0.5, 1, 3e-8, 2000]
    let all = (0..<count).map { _ in choices[Int.random(in: 0..<choices.count, using: &random)] }
    for keep in [0, 1, 5, count / 2, count, count + 3] {
      var columns = (0..<count).map { Int32(2 * $0) }
      var values = all
      var scratch = [UInt32](repeating: 0, count: count)
      let kept = NeighborKernels.keepLargest(keep, of: count, columns: &columns, values: &values, scratch: &scratch)
      let expected = all.indices.sorted { (all[$1], $0) < (all[$0], $1) }.prefix(keep).sorted()
      #expect(columns[..<kept].map { Int($0) / 2 } == expected)
      #expect(Array(values[..<kept]) == expected.map { all[$0] })
    }
  }

  @Test func `parts a matrix into the largest entries of each row and the others`() {
    let (matrix, dense) = Self.matrix((40, 60, 0.4), ones: false)
    let positive = matrix.replacingValues(matrix.values.map { abs($0) + 0.1 })
    let (largest, others) = positive.partitioned(largest: 7, workers: Workers(threadCount: 2))
    #expect(largest.entryCount + others.entryCount == matrix.entryCount)
    for row in dense.indices {
      let least = largest.values[largest.row(row)].min() ?? 0
      #expect(largest.row(row).count == min(7, positive.row(row).count))
      #expect(others.values[others.row(row)].allSatisfy { $0 <= least })
      #expect(
        (largest.columns[largest.row(row)] + others.columns[others.row(row)]).sorted()
          == Array(positive.columns[positive.row(row)]))
    }
  }

  /// Ratings by chance, with their dense rows.
  private static func matrix(_ shape: (rows: Int, columns: Int, density: Double), ones: Bool) -> (
    SparseRows, [[Float?]]
  ) {
    var random = TestRandom(UInt64(shape.rows * 100 + shape.columns))
    let dense = (0..<shape.rows).map { _ in
      (0..<shape.columns).map { _ -> Float? in
        Double.random(in: 0..<1, using: &random) < shape.density
          ? ones ? 1 : Float(Int.random(in: -4...10, using: &random)) / 2 : nil
      }
    }
    let entries = dense.indices.flatMap { row in
      dense[row].indices.compactMap { column in dense[row][column].map { (row, column, $0) } }
    }
    let matrix = SparseRows.counting(
      rows: entries.map { Int32($0.0) }, columns: entries.map { Int32($0.1) }, values: entries.map(\.2),
      rowCount: shape.rows, columnCount: shape.columns)
    return (matrix, dense)
  }

  /// The similarity as its definition says.
  private static func plain(
    _ measure: RowSimilarity.Measure, _ damping: RowSimilarity.Damping, _ a: [Float?], _ b: [Float?]
  ) -> Double {
    let common = zip(a, b).compactMap { x, y in x.flatMap { x in y.map { (Double(x), Double($0)) } } }
    let n = Double(common.count)
    let product = common.reduce(0) { $0 + $1.0 * $1.1 }
    func length(_ row: [Float?]) -> Double { row.reduce(0) { $0 + Double($1 ?? 0) * Double($1 ?? 0) }.squareRoot() }
    func number(_ row: [Float?]) -> Double { Double(row.count { $0 != nil }) }
    func divided(_ below: Double) -> Double { below > 0 ? product / below : 0 }
    switch measure {
    case .product: return product
    case .cosine: return divided(length(a) * length(b) + damping.shrink)
    case .union: return divided(number(a) + number(b) - product + damping.shrink)
    case .commonCosine, .inverseDifference, .correlation: break
    }
    if common.isEmpty || common.count < damping.support { return 0 }
    var value: Double
    switch measure {
    case .inverseDifference: value = 1 / (1 + common.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / n)
    default:
      let isCorrelation = measure == .correlation
      let (meanA, meanB) =
        isCorrelation ? (common.reduce(0) { $0 + $1.0 } / n, common.reduce(0) { $0 + $1.1 } / n) : (0, 0)
      let (va, vb) = common.reduce((0, 0)) {
        ($0.0 + ($1.0 - meanA) * ($1.0 - meanA), $0.1 + ($1.1 - meanB) * ($1.1 - meanB))
      }
      value =
        va > 1e-9 && vb > 1e-9
        ? common.reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) } / (va * vb).squareRoot() : 0
    }
    return damping.shrink > 0 ? value * (n - damping.less) / (n - damping.less + damping.shrink) : value
  }
}
