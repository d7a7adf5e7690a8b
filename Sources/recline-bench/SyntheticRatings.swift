import RecAlgebra
import RecKernels

/// Ratings with a popularity that falls off as in real data, for the kernels to be timed on.
enum SyntheticRatings {
  /// At most `count` ratings (a pair that comes up twice counts once) of 0.5 to 5, as `users × items`.
  static func matrix(users: Int, items: Int, count: Int) -> SparseRows {
    let purpose = CounterRandom.Purpose("bench ratings")
    let keys: [UInt64] = (0..<count).map { index in
      let bits = CounterRandom.four(seed: 1, purpose: purpose, UInt64(index))
      let user = Int(skewed(bits.x) * Double(users))
      let item = Int(skewed(bits.y) * Double(items))
      return UInt64(user) << 32 | UInt64(item)
    }
    let pairs = Array(Set(keys)).sorted()
    let values = pairs.map { Float(CounterRandom.random(seed: 2, purpose: purpose, $0) % 10 + 1) / 2 }
    return SparseRows.counting(
      rows: pairs.map { Int32($0 >> 32) }, columns: pairs.map { Int32($0 & 0xffff_ffff) }, values: values,
      rowCount: users, columnCount: items)
  }

  /// The square of a uniform number: small values are far more frequent.
  private static func skewed(_ bits: UInt64) -> Double {
    let u = CounterRandom.unit(bits)
    return u * u
  }
}
