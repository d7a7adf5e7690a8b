import CKernels

/// Scanning of text as bytes: counting, record boundaries, numbers.
package enum TextScan {
  /// How often the bytes occur that decide how a text is read.
  package struct Counts: Sendable, Equatable {
    package var newlines = 0
    package var quotes = 0
    package var nuls = 0
  }

  package static func counts(_ bytes: Span<UInt8>) -> Counts {
    // SAFETY: the pointer is used only during the call, with the count that belongs to it.
    let counts = unsafe bytes.withUnsafeBufferPointer { unsafe rec_count_bytes($0.baseAddress, $0.count) }
    return Counts(newlines: Int(counts.newlines), quotes: Int(counts.quotes), nuls: Int(counts.nuls))
  }

  /// How many records a text has that begins with one and in which quotation marks stand around whole fields; nil where
  /// it ends within a record, or only a walk from record to record can tell.
  package static func quotedLines(_ bytes: Span<UInt8>, separator: Separator) -> Int? {
    guard separator.second == nil else { return nil }
    // SAFETY: the pointer is used only during the call, with the count that belongs to it.
    let lines = unsafe bytes.withUnsafeBufferPointer {
      unsafe rec_count_quoted_lines($0.baseAddress, $0.count, separator.first)
    }
    return lines < 0 ? nil : Int(lines)
  }

  /// The place of a byte at or behind `start`, or the count.
  package static func find(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int {
    precondition(start >= 0, "a search starts within the bytes")
    // SAFETY: the pointer is used only during the call, with the count that belongs to it.
    return unsafe bytes.withUnsafeBufferPointer { unsafe rec_find_byte($0.baseAddress, start, $0.count, byte) }
  }

  /// Just behind the line feed that ends the record at `start`, or the count, and whether quotation marks stay open.
  package static func recordEnd(
    _ bytes: Span<UInt8>, from start: Int, separator: Separator
  ) -> (end: Int, isOpen: Bool) {
    precondition(start >= 0, "a record starts within the bytes")
    var isOpen: Int32 = 0
    let text = [separator.first, separator.second ?? 0]
    // SAFETY: both pointers are used only during the call, with the counts that belong to them.
    let end = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe text.withUnsafeBufferPointer { separatorBytes in
        unsafe rec_record_end(
          buffer.baseAddress, start, buffer.count, separatorBytes.baseAddress, Int32(separator.count), &isOpen)
      }
    }
    return (end, isOpen != 0)
  }

  /// The place of the first byte that is not part of valid UTF-8; nil where all are.
  package static func invalidUTF8(_ bytes: Span<UInt8>) -> Int? {
    // SAFETY: the pointer is used only during the call, with the count that belongs to it.
    let place = unsafe bytes.withUnsafeBufferPointer { unsafe rec_invalid_utf8($0.baseAddress, $0.count) }
    return place == bytes.count ? nil : place
  }

  /// A plain decimal number of at most 15 digits without exponent; nil where it is none.
  package static func decimal(_ bytes: Span<UInt8>, acceptsComma: Bool = false) -> Double? {
    var value = 0.0
    // SAFETY: the pointers are used only during the call, with the count that belongs to them.
    let isNumber = unsafe bytes.withUnsafeBufferPointer {
      unsafe rec_scan_decimal($0.baseAddress, $0.count, acceptsComma ? 1 : 0, &value)
    }
    return isNumber != 0 ? value : nil
  }

  /// Seconds since 1970 from a whole or decimal number of seconds, or from ISO 8601; nil where it is neither.
  package static func moment(_ bytes: Span<UInt8>) -> Int64? {
    var seconds: Int64 = 0
    // SAFETY: the pointers are used only during the call, with the count that belongs to them.
    let isMoment = unsafe bytes.withUnsafeBufferPointer {
      unsafe rec_scan_moment($0.baseAddress, $0.count, &seconds)
    }
    return isMoment != 0 ? seconds : nil
  }
}

/// What stands between two fields: one byte or two.
package struct Separator: Sendable, Hashable {
  package let first: UInt8
  package let second: UInt8?

  package init(_ first: UInt8, _ second: UInt8? = nil) {
    self.first = first
    self.second = second
  }

  package var count: Int { second == nil ? 1 : 2 }

  /// As people write it.
  package var text: String { String(decoding: [first] + (second.map { [$0] } ?? []), as: UTF8.self) }
}
