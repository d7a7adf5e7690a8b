import CKernels

/// The hash SHA-256: by which a file is known again.
///
/// Source: NIST, Secure Hash Standard, FIPS 180-4, 2015, doi:10.6028/NIST.FIPS.180-4.
package enum SHA256 {
  /// Section 5.3.3.
  private static let start: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  /// The digest of bytes, as 64 hexadecimal digits.
  package static func digest(_ bytes: Span<UInt8>) -> String {
    var state = start
    let whole = bytes.count / 64 * 64
    compress(bytes.extracting(..<whole), into: &state)
    // The rest, a bit, zeros, and the length in bits: one block or two.
    var end: [UInt8] = []
    for place in whole..<bytes.count { end.append(bytes[place]) }
    end.append(0x80)
    while end.count % 64 != 56 { end.append(0) }
    let bitCount = UInt64(bytes.count) * 8
    for shift in stride(from: 56, through: 0, by: -8) { end.append(UInt8(truncatingIfNeeded: bitCount >> shift)) }
    compress(end.span, into: &state)
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private static func compress(_ bytes: Span<UInt8>, into state: inout [UInt32]) {
    precondition(bytes.count.isMultiple(of: 64) && state.count == 8, "the bytes are whole blocks")
    // SAFETY: the function reads the bytes that there are and writes the eight words of the state, during the call.
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe state.withUnsafeMutableBufferPointer { state in
        guard let start = bytes.baseAddress, let words = state.baseAddress else { return }
        unsafe rec_sha256_blocks(start, bytes.count / 64, words)
      }
    }
  }
}
