import RecKernels

/// Where a text that was made from a file of another kind came from, so that errors stand at the file's own places.
protocol TextOrigin: Sendable {
  /// What is wrong with a field of a row, as an error about the file itself.
  ///
  /// - Parameters:
  ///   - row: from 0, in the text that was made.
  ///   - field: from 0.
  func malformed(row: Int, field: Int, as malformed: Malformed) -> Malformed
}

extension TextSource {
  /// The same error at the place that the text was made from.
  func told(_ malformed: Malformed, at place: Int) -> Malformed {
    guard let origin else { return malformed }
    let bytes = file.bytes
    let dialect = Dialect(separator: FieldText.separator, isQuoting: true)
    var start = self.start
    var row = 0
    var fields: [FieldSlice] = []
    while start < bytes.count {
      let record = TextScan.record(bytes, at: start, separator: dialect.separator, quoting: true)
      if place < record.upperBound || record.upperBound == bytes.count {
        dialect.cut(bytes, record, into: &fields)
        let field = fields.lastIndex { $0.range.lowerBound <= place } ?? 0
        return origin.malformed(row: row, field: field, as: malformed)
      }
      start = record.upperBound
      row += 1
    }
    return malformed
  }
}
