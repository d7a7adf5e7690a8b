import RecAlgebra
import RecKernels
import Testing

@Suite struct PackedFactorsTests {
  @Test(arguments: [0, 1, 15, 16, 17, 63, 64, 65, 130, 700], [0, 1, 2, 16, 50])
  func `scores a user alone, in a block and on every processor with the same bits`(items: Int, rank: Int) {
    var random = TestRandom(UInt64(items * 100 + rank))
    let itemFactors = DenseMatrix(random, rowCount: items, columnCount: rank)
    let users = DenseMatrix(random, rowCount: 11, columnCount: rank)
    _ = random.next()
    let packed = PackedFactors(itemFactors)
    let stride = items + 3
    for rows in [0..<11, 3..<10, 5..<6, 4..<4] {
      var block = [Float](repeating: -7, count: max(1, rows.count * stride))
      var span = block.mutableSpan
      packed.scores(ofRows: users, rows: rows, into: &span, stride: stride)
      for (place, user) in rows.enumerated() {
        let expected = (0..<items).map { item in plainScore(users, user, itemFactors, item) }
        #expect(Array(block[place * stride..<place * stride + items]) == expected)
        // What lies between the rows of scores is not touched.
        if place + 1 < rows.count {
          #expect(block[place * stride + items..<(place + 1) * stride].allSatisfy { $0 == -7 })
        }
        var single = [Float](repeating: 0, count: items)
        var singleSpan = single.mutableSpan
        packed.scores(of: users.row(user).span, into: &singleSpan)
        #expect(single == expected)
      }
    }
  }

  @Test(arguments: KernelClone.available) func `every clone scores with the same bits`(clone: KernelClone) {
    var random = TestRandom(5)
    for (users, items, rank) in [(1, 100, 7), (4, 200, 64), (9, 333, 33)] {
      let factors = random.floats(users * rank)
      let panels = random.floats((items + 15) / 16 * 16 * rank)
      var expected = [Float](repeating: 0, count: users * items)
      var result = expected
      var expectedSpan = expected.mutableSpan
      BlockKernels.scorePanels(
        users: factors.span, userCount: users, userStride: rank, panels: panels.span, rank: rank, itemCount: items,
        into: &expectedSpan, outputStride: items)
      var span = result.mutableSpan
      BlockKernels.scorePanels(
        users: factors.span, userCount: users, userStride: rank, panels: panels.span, rank: rank, itemCount: items,
        into: &span, outputStride: items, clone: clone)
      #expect(result == expected)
    }
  }

  @Test func `gives back the factors of an item`() {
    var random = TestRandom(9)
    let factors = DenseMatrix(rows: (0..<37).map { _ in random.floats(5) })
    let packed = PackedFactors(factors)
    for item in 0..<37 { #expect(packed.row(item) == Array(factors.row(item))) }
  }

  /// Factor by factor, each product rounded before it is added.
  private func plainScore(_ users: DenseMatrix, _ user: Int, _ items: DenseMatrix, _ item: Int) -> Float {
    var sum: Float = 0
    for factor in 0..<users.columnCount {
      let product = users[user, factor] * items[item, factor]
      sum += product
    }
    return sum
  }
}

extension DenseMatrix {
  fileprivate init(_ random: TestRandom, rowCount: Int, columnCount: Int) {
    var random = random
    self.init(rowCount: rowCount, columnCount: columnCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount { self[row, column] = Float.random(in: -1...1, using: &random) }
    }
  }
}
