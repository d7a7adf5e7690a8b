internal import RecKernels

/// The hash XXH64 (Y. Collet, "xxHash fast digest algorithm", specification 0.1.1), as Spark SQL's `xxhash64` chains it.
package enum XXHash64 {
  /// The hash of eight bytes, the number's in little-endian order: Spark's `XXH64.hashLong`.
  package static func hash(_ value: Int64, seed: UInt64) -> UInt64 {
    let start = seed &+ prime5 &+ 8
    return avalanche(mixed(start, word: UInt64(bitPattern: value)))
  }

  /// The hash of bytes.
  package static func hash(bytes: [UInt8], seed: UInt64) -> UInt64 { hash(bytes: bytes.span, seed: seed) }

  /// The hash of bytes.
  package static func hash(bytes: Span<UInt8>, seed: UInt64) -> UInt64 {
    let whole = bytes.count / 32 * 32
    if whole == 0 { return finish(seed &+ prime5, count: bytes.count, tail: bytes) }
    var lanes = lanes(seed)
    ByteDigest.mixStripes(bytes.extracting(..<whole).memory, into: &lanes)
    return finish(merged(lanes), count: bytes.count, tail: bytes.extracting(whole...))
  }

  /// The hash of bytes that come in parts.
  package struct Stream {
    private let seed: UInt64
    private var lanes: SIMD4<UInt64>
    private var count = 0
    /// Less than a stripe.
    private var tail: [UInt8] = []

    package init(seed: UInt64 = 0) {
      self.seed = seed
      lanes = XXHash64.lanes(seed)
      tail.reserveCapacity(32)
    }

    package mutating func update(_ bytes: RawSpan) {
      count += bytes.byteCount
      var start = 0
      while !tail.isEmpty, start < bytes.byteCount {
        tail.append(bytes.byte(start))
        start += 1
        if tail.count == 32 {
          let stripe = tail
          ByteDigest.mixStripes(stripe.span.memory, into: &lanes)
          tail.removeAll(keepingCapacity: true)
        }
      }
      let end = start + (bytes.byteCount - start) / 32 * 32
      ByteDigest.mixStripes(bytes.extracting(start..<end), into: &lanes)
      for place in end..<bytes.byteCount { tail.append(bytes.byte(place)) }
    }

    package mutating func update(_ text: String) {
      let bytes = Array(text.utf8)
      update(bytes.span.memory)
    }

    package var value: UInt64 {
      finish(count < 32 ? seed &+ prime5 : merged(lanes), count: count, tail: tail.span)
    }

    /// The name of the hash and the value in hexadecimal digits, as files and people keep it.
    package var text: String {
      let digits = String(value, radix: 16)
      return "xxh64:" + String(repeating: "0", count: 16 - digits.count) + digits
    }
  }

  private static func lanes(_ seed: UInt64) -> SIMD4<UInt64> {
    SIMD4(seed &+ prime1 &+ prime2, seed &+ prime2, seed, seed &- prime1)
  }

  private static func merged(_ lanes: SIMD4<UInt64>) -> UInt64 {
    var hash = rotated(lanes.x, 1) &+ rotated(lanes.y, 7) &+ rotated(lanes.z, 12) &+ rotated(lanes.w, 18)
    for lane in 0..<4 { hash = (hash ^ round(0, lanes[lane])) &* prime1 &+ prime4 }
    return hash
  }

  /// - Parameters:
  ///   - count: of all bytes.
  ///   - tail: those behind the whole stripes.
  private static func finish(_ start: UInt64, count: Int, tail bytes: Span<UInt8>) -> UInt64 {
    var hash = start &+ UInt64(count)
    var position = 0
    while position + 8 <= bytes.count {
      hash = mixed(hash, word: word(bytes, position))
      position += 8
    }
    if position + 4 <= bytes.count {
      var four: UInt64 = 0
      for byte in 0..<4 { four |= UInt64(bytes[position + byte]) << UInt64(8 * byte) }
      hash = rotated(hash ^ four &* prime1, 23) &* prime2 &+ prime3
      position += 4
    }
    while position < bytes.count {
      hash = rotated(hash ^ UInt64(bytes[position]) &* prime5, 11) &* prime1
      position += 1
    }
    return avalanche(hash)
  }

  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  private static func rotated(_ x: UInt64, _ count: UInt64) -> UInt64 { x << count | x >> (64 - count) }

  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotated(lane &+ word &* prime2, 31) &* prime1
  }

  private static func mixed(_ hash: UInt64, word: UInt64) -> UInt64 {
    rotated(hash ^ round(0, word), 27) &* prime1 &+ prime4
  }

  private static func avalanche(_ value: UInt64) -> UInt64 {
    var hash = value
    hash = (hash ^ hash >> 33) &* prime2
    hash = (hash ^ hash >> 29) &* prime3
    return hash ^ hash >> 32
  }

  private static func word(_ bytes: Span<UInt8>, _ position: Int) -> UInt64 {
    var word: UInt64 = 0
    for byte in 0..<8 { word |= UInt64(bytes[position + byte]) << UInt64(8 * byte) }
    return word
  }
}
