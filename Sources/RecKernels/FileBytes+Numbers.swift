#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension FileBytes {
  /// A copy of some of the bytes as numbers, little-endian as this machine is; they need not be aligned.
  package func numbers<Number: PlainNumber>(_ type: Number.Type, in range: Range<Int>) -> [Number] {
    precondition(range.count.isMultiple(of: MemoryLayout<Number>.size), "the bytes are whole numbers")
    let part = bytes.extracting(range)
    // SAFETY: the array has as many bytes as the part, all of which are copied; any bits are a number.
    return unsafe [Number](unsafeUninitializedCapacity: range.count / MemoryLayout<Number>.size) { buffer, count in
      unsafe part.withUnsafeBufferPointer { source in
        if let from = source.baseAddress, let to = buffer.baseAddress { unsafe memcpy(to, from, source.count) }
      }
      count = range.count / MemoryLayout<Number>.size
    }
  }
}
