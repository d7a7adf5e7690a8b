import RecAlgebra
import Testing

@Suite struct XXHash64Tests {
  /// `Reference/xxhash64.py` wrote it, after checking itself against the reference library and Spark's documentation.
  private struct Vectors: Decodable {
    struct Bytes: Decodable {
      let length: Int
      let seed: UInt64
      let hash: UInt64
    }
    struct Chain: Decodable {
      let user: Int64
      let item: Int64
      let seed: Int64
      let hash: UInt64
    }
    let bytes: [Bytes]
    let chains: [Chain]
  }

  @Test func `gives the values of the reference library for every length to 100 bytes`() throws {
    for vector in try reference("xxhash64.json", as: Vectors.self).bytes {
      #expect(XXHash64.hash(bytes: sanityBuffer(vector.length), seed: vector.seed) == vector.hash)
    }
  }

  /// From `xsum_sanity_check.c` of the reference library.
  @Test(
    arguments: [
      (0, 0, 0xEF46_DB37_51D8_E999), (1, 2_654_435_761, 0x5014_6076_43A9_B4C3), (14, 0, 0x8282_DCC4_994E_35C8),
      (222, 0, 0xB641_AE8C_B691_C174), (222, 2_654_435_761, 0x20CB_8AB7_AE10_C14A),
    ] as [(Int, UInt64, UInt64)])
  func `gives the published values`(length: Int, seed: UInt64, hash: UInt64) {
    #expect(XXHash64.hash(bytes: sanityBuffer(length), seed: seed) == hash)
  }

  @Test func `hashes a number as its eight bytes`() {
    for value in [0, 1, -1, 42, .max, .min] as [Int64] {
      let bytes = (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      #expect(XXHash64.hash(value, seed: 42) == XXHash64.hash(bytes: bytes, seed: 42))
    }
  }

  @Test func `chains columns as Spark does`() throws {
    for chain in try reference("xxhash64.json", as: Vectors.self).chains {
      let user = XXHash64.hash(chain.user, seed: 42)
      #expect(XXHash64.hash(chain.seed, seed: XXHash64.hash(chain.item, seed: user)) == chain.hash)
    }
  }

  /// `SELECT xxhash64('Spark', array(123), 2)` in the documentation of Spark SQL; its integers have four bytes.
  @Test func `gives the value in Spark's documentation`() {
    let text = XXHash64.hash(bytes: Array("Spark".utf8), seed: 42)
    let array = XXHash64.hash(bytes: [123, 0, 0, 0], seed: text)
    #expect(XXHash64.hash(bytes: [2, 0, 0, 0], seed: array) == 5_602_566_077_635_097_486)
  }

  private func sanityBuffer(_ length: Int) -> [UInt8] {
    var generator: UInt64 = 2_654_435_761
    return (0..<length).map { _ in
      defer { generator &*= 11_400_714_785_074_694_797 }
      return UInt8(generator >> 56)
    }
  }
}
