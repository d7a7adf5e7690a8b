import RecAlgebra
import RecKernels
import Testing

/// The conditional distributions against NumPy (`Reference/gibbs.py`), and the kernels against plain loops.
@Suite struct GibbsKernelsTests {
  struct Reference: Decodable {
    struct Row: Decodable {
      let rank: Int
      let count: Int
      let mean: [Double]
      let covariance: [Double]
    }
    let rows: [Row]
    let weights: [Double]
    let residuals: [Double]
  }

  // MARK: Against NumPy

  /// Inputs lie within ±1 and the sums of their products run in Float: an entry of the precision is off by the noise's
  /// precision 1.75 times 2⁻²⁴ for each of `count` terms, the matrix by `order` times that; covariances are at most 1, since
  /// the prior's precision is at least 1. Beside that, results are Floats.
  @Test func `draws a row from the Gaussian that NumPy finds`() throws {
    for expected in try reference("gibbs.json", as: Reference.self).rows {
      let order = expected.rank + 1
      let example = RowCase(sines: expected.rank, count: expected.count)
      let tolerance = 1e-6 + 1.75 * Double(expected.count * order) * 0x1p-24
      let length = expected.mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let mean = example.draw(normals: []).means
      for place in 0..<order {
        #expect(abs(Double(mean[place]) - expected.mean[place]) < tolerance * (1 + length))
      }
      // The draw is mean + R⁻¹ z: with each unit vector in turn, the columns of a root of the covariance.
      let columns = (0..<order).map { unit in
        let normals = (0..<order).map { $0 == unit ? Float(1) : 0 }
        let drawn = example.draw(normals: normals)
        #expect(drawn.means == mean)
        return zip(drawn.samples, mean).map { Double($0) - Double($1) }
      }
      for row in 0..<order {
        for column in 0..<order {
          let covariance = columns.reduce(0) { $0 + $1[row] * $1[column] }
          #expect(abs(covariance - expected.covariance[row * order + column]) < tolerance)
        }
      }
    }
  }

  @Test func `draws weights of features as NumPy's least squares gives them`() throws {
    let expected = try reference("gibbs.json", as: Reference.self)
    let values = sines(24, 0.8)
    func padded(_ step: Double, _ rows: Int) -> [Float] {
      let numbers = sines(rows * 2, step)
      return (0..<rows * 16).map { $0 % 16 < 2 ? numbers[$0 / 16 * 2 + $0 % 16] : 0 }
    }
    var (weights, residuals) = (padded(0.3, 2), padded(1.1, 12))
    let noise = padded(0.5, 2)
    let offsets = [0, 12, 24]
    let rows = (0..<24).map { Int32($0 % 12) }
    var weightSpan = weights.mutableSpan
    var residualSpan = residuals.mutableSpan
    for feature in 0..<2 {
      GibbsKernels.drawFeatures(
        offsets: offsets.span, rows: rows.span, values: values.span, strength: 0.6, noise: noise.span, stride: 16,
        weights: &weightSpan, residuals: &residualSpan, features: feature..<feature + 1)
    }
    // Single precision throughout.
    for place in 0..<4 { #expect(abs(Double(weights[place / 2 * 16 + place % 2]) - expected.weights[place]) < 2e-6) }
    for place in 0..<24 {
      #expect(abs(Double(residuals[place / 2 * 16 + place % 2]) - expected.residuals[place]) < 2e-6)
    }
  }

  // MARK: Against plain loops, on every processor

  @Test(arguments: [0, 1, 2, 7, 8, 14, 15, 16, 17, 50, 255], [0, 1, 15, 16, 64, 65, 200])
  func `solves the normal equations of every row, the same on every processor`(rank: Int, count: Int) {
    var random = TestRandom(UInt64(rank * 1000 + count))
    let example = RowCase(&random, rank: rank, count: count)
    let normals = random.floats(rank + 1)
    let expected = example.draw(normals: normals)
    for clone in KernelClone.available {
      let drawn = example.draw(normals: normals, clone: clone)
      #expect(drawn.means == expected.means && drawn.samples == expected.samples)
    }
    // What the mean solves: precision · mean = right-hand side, in Double; entries of the sums are of order `count`.
    for (row, rest) in example.rests(of: expected.means).enumerated() {
      #expect(abs(rest) < 1e-5 * Double(count + 10), "row \(row) of \(rank + 1)")
    }
  }

  @Test(arguments: [1, 2, 15, 16, 17, 40], [0, 1, 5, 64, 65, 130])
  func `sums the products of rows as a plain loop does`(order: Int, count: Int) {
    var random = TestRandom(UInt64(order * 1000 + count))
    let stride = DenseMatrix.stride(order)
    let rows = (0..<count * stride).map { $0 % stride < order ? Float.random(in: -1...1, using: &random) : 0 }
    // Sums of at most 64 numbers of either sign within ±1 stay within 8 or so, and each step rounds to 2⁻²⁴ of that.
    let tolerance = 1e-6 + Double(count) * 8 * 0x1p-24
    var results: [[Double]] = []
    for clone in KernelClone.available.map(Optional.some) + [nil] {
      var gram = [Double](repeating: 0, count: stride * stride)
      var sums = [Double](repeating: 0, count: stride)
      var (first, second) = (0, count)
      if count > 2 { (first, second) = (1, count - 1) }
      var gramSpan = gram.mutableSpan
      var sumSpan = sums.mutableSpan
      GibbsKernels.addScatter(
        of: rows.span, rows: first..<second, order: order, stride: stride, gram: &gramSpan, sums: &sumSpan,
        clone: clone)
      for row in 0..<order {
        let sum = (first..<second).reduce(0) { $0 + Double(rows[$1 * stride + row]) }
        #expect(abs(sums[row] - sum) < tolerance)
        for column in row..<order {
          let product = (first..<second).reduce(0) {
            $0 + Double(rows[$1 * stride + row]) * Double(rows[$1 * stride + column])
          }
          #expect(abs(gram[row * stride + column] - product) < tolerance)
        }
      }
      results.append(gram + sums)
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  @Test(arguments: [0, 1, 14, 15, 16, 33])
  func `predicts entries as the formula does`(rank: Int) {
    var random = TestRandom(UInt64(rank))
    let stride = DenseMatrix.stride(rank + 1)
    let offsets = [0, 3, 3, 9, 10]
    let columns: [Int32] = [0, 4, 6, 1, 2, 3, 4, 5, 6, 2]
    func factors(_ count: Int) -> [Float] {
      (0..<count * stride).map { $0 % stride <= rank ? Float.random(in: -1...1, using: &random) : 0 }
    }
    let (mine, theirs) = (factors(4), factors(7))
    for clone in KernelClone.available.map(Optional.some) + [nil] {
      var output = [Float](repeating: 0, count: 7)
      var span = output.mutableSpan
      GibbsKernels.values(
        offsets: offsets.span, columns: columns.span, rows: 1..<4, factors: mine.span, others: theirs.span, rank: rank,
        stride: stride, into: &span, clone: clone)
      for entry in 3..<10 {
        let (row, column) = (entry < 9 ? 2 : 3, Int(columns[entry]))
        var sum = Double(mine[row * stride + rank]) + Double(theirs[column * stride + rank])
        for place in 0..<rank { sum += Double(mine[row * stride + place]) * Double(theirs[column * stride + place]) }
        #expect(abs(Double(output[entry - 3]) - sum) < 1e-5)
      }
    }
  }
}

/// The numbers sin(step), sin(2 · step) and so on, in Float.
private func sines(_ count: Int, _ step: Double) -> [Float] {
  (0..<count).map { Float(RealFunctions.sin(step * Double($0 + 1))) }
}

/// A row with its ratings, the rated side's factors and a prior.
private struct RowCase {
  let rank: Int
  let count: Int
  let stride: Int
  /// count × (rank + 1).
  let others: [Float]
  let targets: [Float]
  let priorMean: [Float]
  /// (rank + 1) × (rank + 1), before the identity is added to its square.
  let half: [Float]
  let noise = 1.75

  init(sines rank: Int, count: Int) {
    self.init(
      rank, count, sines(count * (rank + 1), 0.7), sines(count, 1.3), sines(rank + 1, 0.4),
      sines((rank + 1) * (rank + 1), 0.9))
  }

  init(_ random: inout TestRandom, rank: Int, count: Int) {
    self.init(
      rank, count, random.floats(count * (rank + 1)), random.floats(count), random.floats(rank + 1),
      random.floats((rank + 1) * (rank + 1)).map { $0 / Float(rank + 1) })
  }

  private init(_ rank: Int, _ count: Int, _ others: [Float], _ targets: [Float], _ priorMean: [Float], _ half: [Float])
  {
    self.rank = rank
    self.count = count
    self.others = others
    self.targets = targets
    self.priorMean = priorMean
    self.half = half
    stride = DenseMatrix.stride(rank + 1)
  }

  private func prior(_ row: Int, _ column: Int) -> Double {
    (0...rank).reduce(row == column ? 1 : 0) {
      $0 + Double(half[row * (rank + 1) + $1]) * Double(half[column * (rank + 1) + $1])
    }
  }

  func draw(normals: [Float], clone: KernelClone? = nil) -> (means: [Float], samples: [Float]) {
    let order = rank + 1
    func padded(_ values: [Float], _ rows: Int) -> [Float] {
      (0..<rows * stride).map { $0 % stride < order ? values[$0 / stride * order + $0 % stride] : 0 }
    }
    let precision = (0..<stride * stride).map { place in
      max(place / stride, place % stride) < order ? prior(place / stride, place % stride) : 0
    }
    let setting = GibbsKernels.Setting(
      rank: rank, stride: stride, base: precision, baseRight: [Double](repeating: 0, count: stride), prior: precision,
      noise: noise, addsGram: true)
    // A row without ratings stands before ours: results begin with the row that is asked for.
    let offsets = [0, 0, count]
    let columns = (0..<count).map { Int32($0) }
    let (factors, before) = (padded(others, count), padded(priorMean, 1))
    var means = [Float](repeating: 0, count: stride)
    var samples = means
    var meanSpan = means.mutableSpan
    var sampleSpan = samples.mutableSpan
    GibbsKernels.drawRows(
      offsets: offsets.span, columns: columns.span, targets: targets.span, rows: 1..<2, others: factors.span, setting,
      priorMeans: before.span, normals: normals.span, means: &meanSpan, samples: &sampleSpan, clone: clone)
    return (Array(means[..<order]), Array(samples[..<order]))
  }

  /// The right-hand side of the normal equations less precision · mean.
  func rests(of mean: [Float]) -> [Double] {
    let order = rank + 1
    let regressors = (0..<count).map { entry in
      (0..<order).map { $0 < rank ? Double(others[entry * order + $0]) : 1 }
    }
    // Σ regressor · (target − the other's bias − regressor · mean), without a matrix of count × order².
    let errors = (0..<count).map { entry in
      (0..<order).reduce(Double(targets[entry]) - Double(others[entry * order + rank])) {
        $0 - regressors[entry][$1] * Double(mean[$1])
      }
    }
    let shifts = (0..<order).map { Double(priorMean[$0]) - Double(mean[$0]) }
    // prior · shift = half · (halfᵀ · shift) + shift.
    let inner = (0..<order).map { column in
      (0..<order).reduce(0) { $0 + Double(half[$1 * order + column]) * shifts[$1] }
    }
    return (0..<order).map { row in
      var sum = shifts[row] + (0..<order).reduce(0) { $0 + Double(half[row * order + $1]) * inner[$1] }
      for entry in 0..<count { sum += noise * errors[entry] * regressors[entry][row] }
      return sum
    }
  }
}
