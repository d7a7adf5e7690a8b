/// A number of which any bits are a value, so that memory can be read as many of them.
package protocol PlainNumber: BitwiseCopyable {}
extension UInt8: PlainNumber {}
extension Int32: PlainNumber {}
extension Int64: PlainNumber {}
extension Int: PlainNumber {}
extension Float: PlainNumber {}
extension Double: PlainNumber {}

extension Span where Element: PlainNumber {
  /// The memory of the numbers, byte by byte.
  package var memory: RawSpan {
    @_lifetime(copy self)
    get {
      // SAFETY: numbers have no padding, so that every byte was written.
      unsafe bytes
    }
  }
}

extension RawSpan {
  /// One byte.
  package func byte(_ place: Int) -> UInt8 {
    precondition(place >= 0 && place < byteCount, "the byte lies within the span")
    // SAFETY: the place was checked, and any byte is a value.
    return unsafe unsafeLoad(fromByteOffset: place, as: UInt8.self)
  }
}
