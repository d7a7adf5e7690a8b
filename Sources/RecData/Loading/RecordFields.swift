import RecKernels

/// A field of a record: where its content stands, without quotation marks and the spaces around it.
struct FieldSlice: Sendable, Equatable {
  var range: Range<Int>
  /// Whether a quotation mark is written twice within it.
  var hasDoubledQuotes = false
  /// Text behind a closing quotation mark, or the end of the line before one.
  var stray: Range<Int>?

  /// The content, doubled quotation marks halved.
  func content(_ bytes: Span<UInt8>) -> [UInt8] {
    var content: [UInt8] = []
    content.reserveCapacity(range.count)
    var place = range.lowerBound
    while place < range.upperBound {
      content.append(bytes[place])
      place += hasDoubledQuotes && bytes[place] == 0x22 ? 2 : 1
    }
    return content
  }
}

/// How the fields of a file are told apart.
struct Dialect: Sendable, Equatable {
  var separator: Separator
  /// Whether fields may stand in quotation marks (RFC 4180).
  var isQuoting: Bool

  /// Cuts a record, given with its line end, into its fields.
  func cut(_ bytes: Span<UInt8>, _ record: Range<Int>, into fields: inout [FieldSlice]) {
    fields.removeAll(keepingCapacity: true)
    var end = record.upperBound
    if end > record.lowerBound, bytes[end - 1] == 0x0A { end -= 1 }
    if end > record.lowerBound, bytes[end - 1] == 0x0D { end -= 1 }
    let trims = separator.first != 0x20
    var place = record.lowerBound
    while true {
      var start = place
      while trims, start < end, bytes[start] == 0x20 { start += 1 }
      var field: FieldSlice
      if isQuoting, start < end, bytes[start] == 0x22 {
        field = quoted(bytes, from: start, end)
        place = field.stray?.upperBound ?? field.range.upperBound + 1
        while trims, place < end, bytes[place] == 0x20 { place += 1 }
        let behind = place
        while place < end, !isSeparator(bytes, place, end) { place += 1 }
        if place > behind { field.stray = (field.stray?.lowerBound ?? behind)..<place }
      } else {
        while place < end, !isSeparator(bytes, place, end) { place += 1 }
        var last = place
        while trims, last > start, bytes[last - 1] == 0x20 { last -= 1 }
        field = FieldSlice(range: min(start, last)..<last)
      }
      fields.append(field)
      if place >= end { return }
      place += separator.count
    }
  }

  private func isSeparator(_ bytes: Span<UInt8>, _ place: Int, _ end: Int) -> Bool {
    guard bytes[place] == separator.first else { return false }
    guard let second = separator.second else { return true }
    return place + 1 < end && bytes[place + 1] == second
  }

  /// The field whose opening quotation mark stands at `start`.
  private func quoted(_ bytes: Span<UInt8>, from start: Int, _ end: Int) -> FieldSlice {
    var place = start + 1
    var hasDoubledQuotes = false
    while place < end {
      if bytes[place] != 0x22 {
        place += 1
      } else if place + 1 < end, bytes[place + 1] == 0x22 {
        hasDoubledQuotes = true
        place += 2
      } else {
        return FieldSlice(range: start + 1..<place, hasDoubledQuotes: hasDoubledQuotes)
      }
    }
    return FieldSlice(range: start + 1..<end, hasDoubledQuotes: hasDoubledQuotes, stray: start..<end)
  }
}
