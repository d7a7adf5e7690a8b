/// Where a user stands between 0 and 1 in a test: the hash of GrowthBook's SDKs, `hashVersion` 2.
///
/// n = FNV-1a₃₂(decimal digits of FNV-1a₃₂(seed + value)) mod 10,000 / 10,000, as
/// <https://docs.growthbook.io/lib/build-your-own> publishes it; a FNV-1a step takes a UTF-16 unit, as in their
/// JavaScript, so that an id outside of ASCII falls where a browser puts it.
package enum GrowthBookHash {
  /// How many different places there are.
  package static let bucketCount = 10_000

  /// The bucket from 0 to 9,999.
  package static func bucket(seed: String, of value: String) -> Int {
    Int(fnv1a(String(fnv1a(seed + value)))) % bucketCount
  }

  /// The place in [0, 1).
  package static func place(seed: String, of value: String) -> Double {
    Double(bucket(seed: seed, of: value)) / Double(bucketCount)
  }

  /// The 32-bit FNV-1a hash (Fowler, Noll & Vo; RFC 9923).
  static func fnv1a(_ text: String) -> UInt32 {
    text.utf16.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
  }
}
