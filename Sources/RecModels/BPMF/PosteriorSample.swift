internal import RecAlgebra
internal import RecKernels

/// One state of the chain, as far as somebody's factors are computed from it.
struct PosteriorSample: Sendable, Codable {
  /// The precision of a rating.
  let noise: Double
  /// What everybody's precision begins with; stride × stride.
  let base: [Double]
  /// What everybody's right-hand side begins with; (stride,).
  let baseRight: [Double]
  /// The precision of the prior; stride × stride.
  let precision: [Double]
  /// The mean of the prior; (stride,).
  let mean: [Double]
  /// The drawn factors and bias of each item; items × (rank + 1).
  let items: DenseMatrix
  /// What having rated an item adds to the prior mean; items × (rank + 1), or no rows.
  let seen: DenseMatrix
  /// What the labels of a user add to the prior mean; labels × (rank + 1).
  let userLabels: DenseMatrix
  /// What the labels of an item add to its mean; labels × (rank + 1).
  let itemLabels: DenseMatrix

  /// - Parameter usesSeen: Whether the last group of features of users is the items they rated, and of items the users who
  ///   rated them.
  init(_ sampler: GibbsSampler, usesSeen: Bool) {
    let users = sampler.users
    let setting = sampler.userSetting
    noise = setting.noise
    base = setting.base
    baseRight = setting.baseRight
    precision = users.prior.precision
    mean = users.prior.mean
    let columnCount = users.rank + 1
    func matrix(_ storage: [Float]) -> DenseMatrix {
      DenseMatrix(rowCount: storage.count / users.stride, columnCount: columnCount, storage: storage)
    }
    items = matrix(sampler.items.samples)
    seen = matrix(usesSeen ? users.weights[users.weights.count - 1] : [])
    userLabels = matrix(Array(users.weights.dropLast(usesSeen ? 1 : 0).joined()))
    itemLabels = matrix(Array(sampler.items.weights.dropLast(usesSeen ? 1 : 0).joined()))
  }

  var rank: Int { items.columnCount - 1 }

  /// Whether the parts fit the items, labels and factors of a model.
  func isConsistent(items itemCount: Int, rank: Int, userLabels userCount: Int, itemLabels labelCount: Int) -> Bool {
    let stride = items.stride
    return items.rowCount == itemCount && items.columnCount == rank + 1 && rank <= GibbsKernels.rankLimit
      && base.count == stride * stride && precision.count == base.count && baseRight.count == stride
      && mean.count == stride && (seen.rowCount == 0 || seen.rowCount == itemCount)
      && userLabels.rowCount == userCount && itemLabels.rowCount == labelCount
      && [seen, userLabels, itemLabels].allSatisfy { $0.rowCount == 0 || $0.columnCount == rank + 1 }
      && (0...rank).allSatisfy { base[$0 * stride + $0] > 0 }
  }

  /// The setting in which somebody's factors are computed.
  func setting(addsGram: Bool) -> GibbsKernels.Setting {
    GibbsKernels.Setting(
      rank: rank, stride: items.stride, base: base, baseRight: baseRight, prior: precision, noise: noise,
      addsGram: addsGram)
  }

  /// What somebody's factors are before the ratings speak: (stride,).
  ///
  /// - Parameter labels: Of a user, with how much of each.
  func priorMean(items history: [Int32], labels: [(Int32, Float)]) -> [Float] {
    var sum = mean.map { Float($0) }
    for (label, value) in labels {
      for (place, weight) in userLabels.row(Int(label)).enumerated() { sum[place] += value * weight }
    }
    if seen.rowCount > 0, !history.isEmpty {
      let shares = [Float](repeating: 1 / Float(history.count).squareRoot(), count: history.count)
      var added = [Double](repeating: 0, count: seen.stride)
      var output = added.mutableSpan
      BlockKernels.sumRows(
        seen.rows, rowStride: seen.stride, items: history.span, weights: shares.span, into: &output)
      for place in 0...rank { sum[place] += Float(added[place]) }
    }
    return sum
  }
}
