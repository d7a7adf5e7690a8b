/// The number from 0 to 1 by which a user falls into an arm: GrowthBook's hash, version 2.
///
/// 32-bit FNV-1a of the seed and the user in decimal digits, hashed once more, modulo 10,000.
///
/// Source: GrowthBook, *SDK build guide*, "Hashing"; Fowler, Noll & Vo, draft-eastlake-fnv.
package enum AssignmentHash {
  package static func value(of user: String, seed: String) -> Double {
    Double(fnv1a(String(fnv1a(seed + user))) % 10_000) / 10_000
  }

  private static func fnv1a(_ text: String) -> UInt32 {
    var hash: UInt32 = 0x811c_9dc5
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return hash
  }
}
