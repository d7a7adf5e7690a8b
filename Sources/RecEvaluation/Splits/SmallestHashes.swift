/// Which of some hashes are among the smallest, equal ones in their order.
struct SmallestHashes: Sendable {
  /// The largest that is among them.
  private var limit: UInt64 = 0
  /// How many that equal it are among them and were not met yet.
  private var equals = 0

  /// Finds the `count` smallest by the upper bits, over which hashes are spread evenly: linear in their number.
  init(_ hashes: [UInt64], count: Int) {
    guard count > 0 else { return }
    let shift = UInt64(hashes.count.leadingZeroBitCount)
    var sizes = [Int](repeating: 0, count: 1 << (Int.bitWidth - Int(shift)))
    for hash in hashes { sizes[Int(hash >> shift)] += 1 }
    var bucket = 0
    var below = 0
    while below + sizes[bucket] < count {
      below += sizes[bucket]
      bucket += 1
    }
    let candidates = hashes.filter { Int($0 >> shift) == bucket }.sorted()
    let last = candidates[count - below - 1]
    limit = last
    equals = candidates[..<(count - below)].count { $0 == last }
  }

  /// Whether the next hash is among them; to be asked of each hash once, in their order.
  mutating func contains(_ hash: UInt64) -> Bool {
    guard hash == limit, equals > 0 else { return hash < limit }
    equals -= 1
    return true
  }
}
