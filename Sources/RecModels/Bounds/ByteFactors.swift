internal import RecAlgebra
internal import RecKernels

/// Factors in 8 bits, with the lengths of what that leaves out: bounds of scores at a quarter of the memory.
///
/// For a user u ≈ s·p and an item v ≈ t·q of whole numbers p and q from -127 to 127,
/// u·v = s·t·(p·q) + v·(u - s·p) + (v - t·q)·(s·p), and each of the last two products is at most that of the lengths.
/// All that rounding can add is in the user's error, which counts once for each item's length.
enum ByteFactors {
  /// The largest number of factors whose products fit.
  static let largestRank = 4096

  /// - Parameters:
  ///   - order: The items, as they are to stand.
  ///   - lengths: Of their factors, (order.count,).
  static func columns(_ scorer: BilinearScorer, _ order: [Int], lengths: [Double]) -> ByteColumns {
    var columns = ByteColumns(itemCount: order.count, rank: scorer.rank)
    for (place, item) in order.enumerated() {
      let (bytes, scale, error, _) = quantize(scorer.itemFactors.row(item))
      for (factor, byte) in bytes.enumerated() {
        columns.panels[columns.place(of: place, factor: factor)] = UInt8(Int(byte) + 128)
      }
      columns.scales[place] = scale
      columns.lengths[place] = Float(lengths[place]).nextUp
      columns.errors[place] = Float(error).nextUp
      columns.offsets[place] = Float(scorer.itemOffsets[item]).nextUp
    }
    return columns
  }

  /// - Parameters:
  ///   - factor: (rank,) or more, zeros behind.
  ///   - length: Of the factors.
  static func user(_ factor: ArraySlice<Float>, length: Double, quads: Int) -> ByteUser {
    let (bytes, scale, error, kept) = quantize(factor.prefix(quads * 4))
    // Both sums, the exact one and the bound, are off by at most so many roundings of the product of the lengths.
    let rounding = length * Double(quads * 4 + 64) * 0x1p-23
    return ByteUser(
      bytes: bytes + [Int8](repeating: 0, count: quads * 4 - bytes.count), scale: scale,
      error: Float(error + rounding).nextUp, length: Float(kept).nextUp)
  }

  /// The nearest bytes; what each counts; the lengths of what they leave out and of what they keep.
  private static func quantize(
    _ factors: some Sequence<Float>
  ) -> (bytes: [Int8], scale: Float, error: Double, length: Double) {
    let largest = factors.reduce(0) { max($0, abs($1)) }
    let scale = largest / 127
    // Nothing is kept of what is too small to be divided by, nor of what is no number.
    guard scale.isNormal else {
      let squares = factors.reduce(0) { $0 + Double($1) * Double($1) }
      return (factors.map { _ in 0 }, 0, squares.squareRoot(), 0)
    }
    var error = 0.0
    var length = 0.0
    let bytes = factors.map { factor -> Int8 in
      let whole = min(127, max(-127, (factor / scale).rounded()))
      let kept = Double(whole) * Double(scale)
      error += (Double(factor) - kept) * (Double(factor) - kept)
      length += kept * kept
      return Int8(whole)
    }
    return (bytes, scale, error.squareRoot(), length.squareRoot())
  }
}
