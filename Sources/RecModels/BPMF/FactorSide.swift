internal import RecAlgebra
internal import RecKernels

/// The users or the items in the sampler: their factors and biases, and what features say of them.
///
/// A row is the sum of weights of its features, a draw from the side's prior, and what ratings make of both: Macau (J. Simm
/// et al. 2017, doi:10.1109/MLSP.2017.8168143), where a weight of a group has precision λ Λ. Deviation: each group has a λ
/// of its own, and weights are drawn one after the other instead of together by conjugate gradients.
struct FactorSide: Sendable {
  let name: String
  let rowCount: Int
  let rank: Int
  let stride: Int
  /// The rows that have each feature, a sparse matrix features × rows for each group.
  let groups: [SparseRows]
  /// features × stride for each group.
  private(set) var weights: [[Float]]
  /// λ of each group.
  private(set) var strengths: [Double]
  private(set) var prior: FactorPrior
  /// What the features add; rows × stride.
  private var content: [Float]
  /// The mean of each row given the other side; rows × stride.
  private(set) var means: [Float]
  /// The draw of each row; rows × stride.
  private(set) var samples: [Float]

  /// Rows of noise to begin with, of deviation 0.1 as in libFM.
  init(name: String, rowCount: Int, rank: Int, groups: [SparseRows], seed: UInt64) {
    self.name = name
    self.rowCount = rowCount
    self.rank = rank
    self.groups = groups
    let stride = DenseMatrix.stride(rank + 1)
    self.stride = stride
    weights = groups.map { [Float](repeating: 0, count: $0.rowCount * stride) }
    strengths = groups.map { _ in 1 }
    prior = FactorPrior(order: rank + 1, stride: stride)
    content = groups.isEmpty ? [] : [Float](repeating: 0, count: rowCount * stride)
    means = [Float](repeating: 0, count: rowCount * stride)
    samples = means
    let purpose = CounterRandom.Purpose("bpmf start \(name)")
    for row in 0..<rowCount {
      var span = samples.mutableSpan
      var own = span._mutatingExtracting(row * stride..<row * stride + rank)
      CounterRandom.fillNormals(&own, seed: seed, purpose: purpose, UInt64(row), 0)
      for place in 0..<rank { own[place] *= 0.1 }
    }
  }

  /// How many rows are drawn at a time.
  private static let rowChunk = 32
  /// How many rows are summed at a time.
  private static let sumChunk = 2048

  /// Draws the prior and the weights of the features, given the rows.
  mutating func drawPrior(epoch: Int, seed: UInt64, _ execution: Execution) throws(Cancelled) {
    var residuals = samples
    let workers = execution.workers
    if !groups.isEmpty {
      let content = content
      workers.fill(&residuals, chunk: Self.sumChunk * stride) { range, span in
        for place in 0..<range.count { span[place] -= content[range.lowerBound + place] }
      }
    }
    try execution.checkpoint()
    let features = weights.indices.map { group in
      (scatter(weights[group], groups[group].rowCount, workers), strengths[group])
    }
    prior.draw(
      scatter(residuals, rowCount, workers), features: features, seed: seed,
      purpose: CounterRandom.Purpose("bpmf prior \(name)"), epoch: UInt64(epoch))
    if groups.isEmpty { return }
    let mean = prior.mean.map { Float($0) }
    let stride = stride
    workers.fill(&residuals, chunk: Self.sumChunk * stride) { range, span in
      for place in 0..<range.count { span[place] -= mean[place % stride] }
    }
    for group in groups.indices { try drawWeights(group, &residuals, epoch, seed, execution) }
    let (samples, rests) = (samples, residuals)
    workers.fill(&content, chunk: Self.sumChunk * stride) { range, span in
      for place in 0..<range.count {
        let element = range.lowerBound + place
        span[place] = samples[element] - rests[element] - mean[place % stride]
      }
    }
  }

  /// Draws the weights of one group, then its λ; both change `residuals`.
  private mutating func drawWeights(
    _ group: Int, _ residuals: inout [Float], _ epoch: Int, _ seed: UInt64, _ execution: Execution
  ) throws(Cancelled) {
    let (matrix, stride, order) = (groups[group], stride, rank + 1)
    let root = prior.root.map { Float($0) }
    let purpose = CounterRandom.Purpose("bpmf weights \(name) \(group)")
    var noise = [Float](repeating: 0, count: matrix.rowCount * stride)
    execution.workers.fill(&noise, chunk: 64 * stride) { range, span in
      var normals = [Float](repeating: 0, count: order)
      for start in Swift.stride(from: 0, to: range.count, by: stride) {
        var output = normals.mutableSpan
        CounterRandom.fillNormals(
          &output, seed: seed, purpose: purpose, UInt64(epoch), UInt64((range.lowerBound + start) / stride))
        for row in 0..<order {
          var sum: Float = 0
          for column in 0..<order { sum += root[row * order + column] * normals[column] }
          span[start + row] = sum
        }
      }
    }
    var feature = 0
    while feature < matrix.rowCount {
      // As many features as have some hundred thousand entries: a few milliseconds between two checkpoints.
      try execution.checkpoint()
      var end = feature + 1
      while end < matrix.rowCount, matrix.offsets[end + 1] - matrix.offsets[feature] < 200_000 { end += 1 }
      var weightSpan = weights[group].mutableSpan
      var residualSpan = residuals.mutableSpan
      GibbsKernels.drawFeatures(
        offsets: matrix.offsets.span, rows: matrix.columns.span, values: matrix.values.span,
        strength: Float(strengths[group]), noise: noise.span, stride: stride, weights: &weightSpan,
        residuals: &residualSpan, features: feature..<end)
      feature = end
    }
    // λ has a gamma distribution with shape and rate 1 before: its conditional is one, too.
    let products = scatter(weights[group], matrix.rowCount, execution.workers)
    var square = 0.0
    for row in 0..<order {
      for column in row..<order {
        square +=
          (row == column ? 1 : 2) * prior.precision[row * stride + column] * products.gram[row * stride + column]
      }
    }
    let shape = 1 + Double(matrix.rowCount * order) / 2
    strengths[group] =
      CounterRandom.gamma(
        shape: shape, seed: seed, purpose: CounterRandom.Purpose("bpmf strength \(name)"), UInt64(epoch), UInt64(group))
      / (1 + square / 2)
  }

  /// Draws every row given the ratings and the other side.
  ///
  /// - Parameters:
  ///   - ratings: rows × others, standardized.
  ///   - setting: What all rows have in common.
  mutating func drawRows(
    _ ratings: SparseRows, others: FactorSide, _ setting: GibbsKernels.Setting, epoch: Int, seed: UInt64,
    _ execution: Execution
  ) throws(Cancelled) {
    let (stride, order, content) = (stride, rank + 1, content)
    let mean = prior.mean.map { Float($0) }
    let purpose = CounterRandom.Purpose("bpmf rows \(name)")
    execution.workers.fill(&means, &samples, chunk: Self.rowChunk * stride) { range, means, samples in
      if execution.cancellation.isCancelled { return }
      let rows = range.lowerBound / stride..<range.upperBound / stride
      var priorMeans = [Float](repeating: 0, count: range.count)
      for place in 0..<range.count {
        priorMeans[place] = mean[place % stride] + (content.isEmpty ? 0 : content[range.lowerBound + place])
      }
      var normals = [Float](repeating: 0, count: rows.count * order)
      var normalSpan = normals.mutableSpan
      for row in rows {
        let start = (row - rows.lowerBound) * order
        var own = normalSpan._mutatingExtracting(start..<start + order)
        CounterRandom.fillNormals(&own, seed: seed, purpose: purpose, UInt64(epoch), UInt64(row))
      }
      GibbsKernels.drawRows(
        offsets: ratings.offsets.span, columns: ratings.columns.span, targets: ratings.values.span, rows: rows,
        others: others.samples.span, setting, priorMeans: priorMeans.span, normals: normals.span, means: &means,
        samples: &samples)
    }
    try execution.checkpoint()
  }

  /// Products and sum of the drawn rows.
  func scatter(_ workers: Workers) -> FactorPrior.Scatter { scatter(samples, rowCount, workers) }

  private func scatter(_ rows: [Float], _ count: Int, _ workers: Workers) -> FactorPrior.Scatter {
    let (stride, order) = (stride, rank + 1)
    let sums = workers.sum(count, chunk: Self.sumChunk, elements: stride * (stride + 1)) { range, partial in
      var span = partial.mutableSpan
      var gram = span._mutatingExtracting(..<(stride * stride))
      var sums = [Double](repeating: 0, count: stride)
      var sumSpan = sums.mutableSpan
      GibbsKernels.addScatter(
        of: rows.span, rows: range, order: order, stride: stride, gram: &gram, sums: &sumSpan)
      for place in 0..<stride { span[stride * stride + place] = sums[place] }
    }
    return FactorPrior.Scatter(
      count: Double(count), gram: Array(sums[..<(stride * stride)]), sums: Array(sums[(stride * stride)...]))
  }
}
