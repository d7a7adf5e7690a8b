import RecKernels

/// A closer look at one row of ratings: its values, or what is wrong with it.
struct RowExaminer: Sendable {
  let source: TextSource
  let layout: RowLayout
  let columns: [String]

  enum Verdict {
    case row(ExaminedRow)
    /// The rating is the one that stands for none.
    case omitted
    case malformed(Malformed)
  }

  func examine(_ record: Range<Int>) -> Verdict {
    let bytes = source.file.bytes
    let dialect = Dialect(separator: layout.separator, isQuoting: layout.isQuoting)
    if record.count > TextScan.longestRecord { return .malformed(source.longLine(at: record.lowerBound)) }
    var fields: [FieldSlice] = []
    dialect.cut(bytes, record, into: &fields)
    if let malformed = Self.structureError(source, fields, expected: layout.roles.count, record, dialect) {
      return .malformed(malformed)
    }
    var row = ExaminedRow(user: [], item: [])
    for (field, role) in zip(fields, layout.roles) {
      let content = field.content(bytes)
      switch role {
      case .skipped: break
      case .user, .item:
        let noun = role == .user ? "user" : "item"
        if content.isEmpty { return .malformed(source.malformed(.emptyID, field.range, expected: "the \(noun)'s id")) }
        if let place = TextScan.invalidUTF8(bytes.extracting(field.range)) {
          return .malformed(source.invalidUTF8(at: field.range.lowerBound + place))
        }
        if role == .user { row.user = content } else { row.item = content }
      case .event: row.event = content
      case .rating:
        switch Self.rating(content, acceptsComma: layout.acceptsDecimalComma) {
        case .success(let rating):
          if rating == layout.missing { return .omitted }
          guard layout.scale.contains(rating) else {
            let ends = [layout.scale.lowerBound, layout.scale.upperBound]
              .map { end in Int(exactly: end).map { String($0) } ?? end.description }
            return .malformed(
              source.malformed(.outsideScale, field.range, expected: "a rating within \(ends[0])..\(ends[1])"))
          }
          row.rating = rating
        case .failure(.notFinite):
          return .malformed(source.malformed(.notFinite, field.range, expected: "a finite rating"))
        case .failure(.notNumber):
          let isText = !content.contains { (0x30...0x39).contains($0) }
          return .malformed(
            source.malformed(
              .notNumber, field.range, expected: "a rating (a number)",
              hint: isText && !content.isEmpty
                ? "if this is an item table, say as=items; else name the column: rating=" : nil))
        }
      case .time:
        guard let time = TextScan.moment(content.span) else {
          return .malformed(
            source.malformed(
              .notMoment, field.range, expected: "a time (seconds since 1970, or 2018-01-31T12:00:00Z)",
              hint: "name the right column with time="))
        }
        row.time = time
      }
    }
    return .row(row)
  }

  enum RatingFailure: Error { case notNumber, notFinite }

  /// A rating as people write numbers: digits, point or comma, exponent; finite also as Float.
  static func rating(_ content: [UInt8], acceptsComma: Bool) -> Result<Float, RatingFailure> {
    if let number = TextScan.decimal(content.span, acceptsComma: acceptsComma) { return .success(Float(number)) }
    var text = String(decoding: content, as: UTF8.self)
    if acceptsComma { text = String(text.map { $0 == "," ? "." : $0 }) }
    if text.hasPrefix("+") { text.removeFirst() }
    guard !text.isEmpty, !text.hasPrefix("+"), !text.lowercased().hasPrefix("0x"), let number = Double(text) else {
      return .failure(.notNumber)
    }
    return Float(number).isFinite ? .success(Float(number)) : .failure(.notFinite)
  }

  /// What is wrong with the fields as such: their number, or text around quotation marks.
  static func structureError(
    _ source: TextSource, _ fields: [FieldSlice], expected: Int, _ record: Range<Int>, _ dialect: Dialect
  ) -> Malformed? {
    if let stray = fields.first(where: { $0.stray != nil }), let place = stray.stray {
      let isOpen = place.lowerBound < stray.range.lowerBound
      return source.malformed(
        .strayText, place, expected: isOpen ? "a closing quotation mark" : "a separator behind the quotation mark",
        found: isOpen ? "the end of the line" : nil, hint: "a quotation mark within quotation marks is written twice")
    }
    guard fields.count != expected else { return nil }
    let end = fields.last?.range ?? record
    let place =
      fields.count > expected ? fields[expected].range.lowerBound..<end.upperBound : end.upperBound..<end.upperBound
    return source.malformed(
      .columnCount, place, expected: expected == 1 ? "1 column" : "\(expected) columns",
      found: "\(fields.count)")
  }
}
