import CKernels

/// The rounds of XXH64 over many bytes.
package enum ByteDigest {
  /// Mixes whole stripes of 32 bytes into the four lanes.
  package static func mixStripes(_ bytes: RawSpan, into lanes: inout SIMD4<UInt64>) {
    precondition(bytes.byteCount.isMultiple(of: 32), "the bytes are whole stripes")
    // SAFETY: the function reads the bytes that there are and writes four numbers, as many as a SIMD4 holds, during the call.
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe withUnsafeMutableBytes(of: &lanes) { lanes in
        guard let start = bytes.baseAddress, let lanes = lanes.baseAddress else { return }
        unsafe rec_xxh64_stripes(
          start.assumingMemoryBound(to: UInt8.self), bytes.count / 32, lanes.assumingMemoryBound(to: UInt64.self))
      }
    }
  }
}
