import RecAlgebra
import RecKernels
import Testing

@Suite struct ScoringKernelsTests {
  /// Numbers of items around sixteens and tiles, by ranks around the padding of rows.
  @Test(arguments: [0, 1, 15, 16, 17, 63, 64, 65, 130, 700], [0, 1, 2, 15, 16, 17, 50])
  func `scores ranges and lists, alone and in a block, as the formula does on every processor`(items: Int, rank: Int) {
    var random = TestRandom(UInt64(items * 100 + rank))
    let example = ScoringCase(&random, users: 11, items: items, rank: rank)
    let list = (0..<items + 5).map { _ in Int32.random(in: 0..<Int32(max(1, items)), using: &random) }
    for clone in KernelClone.available.map(Optional.some) + [nil] {
      for range in [0..<items, items / 3..<items, items / 2..<items / 2] {
        for userCount in [0, 1, 3, 4, 11] { example.expectScores(of: range, userCount: userCount, clone: clone) }
      }
      if items > 0 {
        for length in [0, 1, 16, 17, list.count] {
          example.expectScores(of: Array(list[..<min(length, list.count)]), userCount: 5, clone: clone)
        }
      }
    }
  }

  @Test(arguments: [0, 1, 2, 15, 16, 17, 100], [0, 1, 16, 50, 64, 100])
  func `sums weighted rows in the order of the list`(count: Int, rank: Int) {
    var random = TestRandom(UInt64(count * 1000 + rank))
    let matrix = DenseMatrix(&random, rowCount: 40, columnCount: rank)
    let items = (0..<count).map { _ in Int32.random(in: 0..<40, using: &random) }
    let weights = random.floats(count)
    var expected = [Double](repeating: 0, count: matrix.stride)
    for (item, weight) in zip(items, weights) {
      for place in 0..<rank { expected[place] += Double(weight) * Double(matrix[Int(item), place]) }
    }
    for clone in KernelClone.available.map(Optional.some) + [nil] {
      var sums = [Double](repeating: 7, count: matrix.stride)
      var output = sums.mutableSpan
      BlockKernels.sumRows(
        matrix.rows, rowStride: matrix.stride, items: items.span, weights: weights.span, into: &output, clone: clone)
      #expect(sums == expected)
    }
  }
}

/// Users and items with factors and offsets, one item that cannot be scored among them.
private struct ScoringCase {
  let users: DenseMatrix
  let items: DenseMatrix
  let userOffsets: [Double]
  let itemOffsets: [Double]

  init(_ random: inout TestRandom, users: Int, items: Int, rank: Int) {
    self.users = DenseMatrix(&random, rowCount: users, columnCount: rank)
    self.items = DenseMatrix(&random, rowCount: items, columnCount: rank)
    userOffsets = random.doubles(users)
    var offsets = random.doubles(items)
    if items > 2 { offsets[items / 2] = -.infinity }
    itemOffsets = offsets
  }

  /// Factor by factor, each product rounded before it is added; offsets in Double.
  func score(_ user: Int, _ item: Int) -> Float {
    var sum: Float = 0
    for factor in 0..<users.columnCount {
      let product = users[user, factor] * items[item, factor]
      sum += product
    }
    return Float((userOffsets[user] + itemOffsets[item]) + Double(sum))
  }

  func expectScores(of range: Range<Int>, userCount: Int, clone: KernelClone?) {
    expect(range.map { Int32($0) }, userCount) { stride, output in
      BlockKernels.scoreRows(
        users: users.rows, userCount: userCount, userStride: users.stride, userOffsets: userOffsets.span,
        rows: items.rows, rowStride: items.stride, rank: users.columnCount, itemOffsets: itemOffsets.span, items: range,
        into: &output, outputStride: stride, clone: clone)
    }
  }

  func expectScores(of list: [Int32], userCount: Int, clone: KernelClone?) {
    expect(list, userCount) { stride, output in
      BlockKernels.scoreRows(
        users: users.rows, userCount: userCount, userStride: users.stride, userOffsets: userOffsets.span,
        rows: items.rows, rowStride: items.stride, rank: users.columnCount, itemOffsets: itemOffsets.span,
        items: list.span, into: &output, outputStride: stride, clone: clone)
    }
  }

  /// What lies between and behind the rows of scores must not be touched; the output begins off any alignment.
  private func expect(_ list: [Int32], _ userCount: Int, _ kernel: (Int, inout MutableSpan<Float>) -> Void) {
    let stride = list.count + 3
    var output = [Float](repeating: -7, count: 1 + userCount * stride)
    var all = output.mutableSpan
    var behindFirst = all._mutatingExtracting(1...)
    kernel(stride, &behindFirst)
    var expected = [Float](repeating: -7, count: output.count)
    for user in 0..<userCount {
      for (place, item) in list.enumerated() { expected[1 + user * stride + place] = score(user, Int(item)) }
    }
    #expect(output == expected)
  }
}

extension DenseMatrix {
  fileprivate init(_ random: inout TestRandom, rowCount: Int, columnCount: Int) {
    self.init(rowCount: rowCount, columnCount: columnCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount { self[row, column] = Float.random(in: -1...1, using: &random) }
    }
  }
}
