import RecKernels

/// What the machine can do at best, measured once: the yardstick of the other suites.
enum MachineLimit {
  /// Bytes read and written in a second by a copy that does not fit the caches, one thread; in GB/s.
  static let copyBandwidth: Double = {
    let count = 1 << 25
    let source = [Float](repeating: 1, count: count)
    var target = [Float](repeating: 0, count: count)
    let seconds = bestTime {
      target.copy(from: source)
    }
    return Double(2 * count * 4) / seconds * 1e-9
  }()

  /// Products and sums of a Float matrix product in a second, one thread; in GFLOP/s.
  static let matrixProduct: Double = {
    let order = 512
    let a = [Float](repeating: 0.5, count: order * order)
    let b = [Float](repeating: 0.25, count: order * order)
    var c = [Float](repeating: 0, count: order * order)
    let seconds = bestTime {
      var output = c.mutableSpan
      DenseAlgebra.multiply(
        a.span, stride: order, b.span, stride: order, rows: order, columns: order, inner: order, into: &output,
        stride: order)
    }
    return Double(2 * order * order * order) / seconds * 1e-9
  }()
}

extension [Float] {
  fileprivate mutating func copy(from source: [Float]) {
    var target = mutableSpan
    let source = source.span
    for index in 0..<source.count { target[index] = source[index] }
  }
}
