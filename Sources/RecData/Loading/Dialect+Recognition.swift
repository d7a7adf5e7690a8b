import RecKernels

/// What the first lines of a file tell about it.
struct Sample {
  let dialect: Dialect
  /// The fields of the first records, as text.
  let records: [[String]]
  /// The number of fields that most of them have.
  let fieldCount: Int
  /// Just behind the first record.
  let secondRecord: Int
}

extension Dialect {
  /// By the word or characters of `sep=`.
  static func separator(named name: String) -> Separator? {
    switch name.lowercased() {
    case "tab", "\\t": return Separator(0x09)
    case "space": return Separator(0x20)
    case "comma": return Separator(0x2C)
    case "semicolon": return Separator(0x3B)
    case "pipe", "bar": return Separator(0x7C)
    default:
      let bytes = Array(name.utf8)
      guard (1...2).contains(bytes.count), !bytes.contains(0x22), !bytes.contains(0x0A), bytes.allSatisfy({ $0 < 0x80 })
      else { return nil }
      return Separator(bytes[0], bytes.count == 2 ? bytes[1] : nil)
    }
  }

  /// Whether files with this separator put fields in quotation marks: not those of MovieLens 1M.
  static func quotes(_ separator: Separator) -> Bool { separator.second == nil }

  /// The separator with which most of the first lines have the same number of fields, more than one.
  static func recognized(in source: TextSource) -> Dialect? {
    let candidates = [Separator(0x09), Separator(0x3A, 0x3A), Separator(0x7C), Separator(0x3B), Separator(0x2C)]
    var best: (dialect: Dialect, agreeing: Int, count: Int)?
    for separator in candidates + [Separator(0x20)] {
      if separator.first == 0x20, best != nil { break }
      let dialect = Dialect(separator: separator, isQuoting: quotes(separator))
      let sample = dialect.sample(source)
      guard sample.fieldCount > 1 else { continue }
      // Words have spaces between them; columns separated by spaces hold numbers.
      if separator.first == 0x20, !sample.records.dropFirst().joined().allSatisfy({ Double($0) != nil }) { continue }
      let agreeing = sample.records.count { $0.count == sample.fieldCount }
      if let best, (agreeing, sample.fieldCount) <= (best.agreeing, best.count) { continue }
      best = (dialect, agreeing, sample.fieldCount)
    }
    return best?.dialect
  }

  /// Tables of a hundred thousand columns have such lines.
  private static let longestSampledRecord = 1 << 20

  /// The first twenty records; fewer where they are long.
  func sample(_ source: TextSource, limit: Int = 20) -> Sample {
    let file = source.file
    var records: [[String]] = []
    var fields: [FieldSlice] = []
    var place = source.start
    var second: Int?
    while place < file.count, records.count < limit, place - source.start < 1 << 18 {
      // No further than a sampled line may go, so that a file of one line is not read to its end for each separator.
      let window = min(file.count, place + Self.longestSampledRecord + 1)
      let record = TextScan.record(
        file.bytes.extracting(0..<window), at: place, separator: separator, quoting: isQuoting)
      if record.count > Self.longestSampledRecord { break }
      place = record.upperBound
      cut(file.bytes, record, into: &fields)
      if fields.count == 1, fields[0].range.isEmpty { continue }
      if records.isEmpty { second = place }
      records.append(fields.map { String(decoding: $0.content(file.bytes), as: UTF8.self) })
    }
    let counts = Dictionary(records.map { ($0.count, 1) }, uniquingKeysWith: +)
    let common = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    return Sample(dialect: self, records: records, fieldCount: common, secondRecord: second ?? place)
  }
}
