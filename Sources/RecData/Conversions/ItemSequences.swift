import RecKernels

/// Lines of a user and the items that it had to do with: `user item item item`.
///
/// Sequences have an order, which stands for the time (SASRec, BERT4Rec and their like); adjacency lists are sets, as in
/// the files of LightGCN (He et al. 2020, doi:10.1145/3397271.3401063). A user without items gives no rows.
struct ItemSequences: LineConverter {
  let separator: UInt8
  /// Whether the order of a line's items counts.
  let isOrdered: Bool

  var columns: [String] { isOrdered ? ["user", "item", "time"] : ["user", "item"] }

  /// Looks at the first lines; nil where they are not clearly such lists and nobody said so.
  ///
  /// - Parameter asked: what the file was said to be; nil for what the content tells.
  init?(_ source: TextSource, options: LoadOptions, asked: RowForm?) throws(DataError) {
    let separator = try options.askedSeparator()
    if let separator, separator.second != nil {
      throw .unsuitableOption(option: "sep", reason: "is one character in lists of items")
    }
    let lines = Self.firstLines(source)
    func count(of byte: UInt8) -> Int { lines.reduce(0) { sum, line in sum + line.count { $0 == byte } } }
    let candidates: [UInt8] = [0x20, 0x09, 0x2C, 0x3B]
    let byte = separator?.first ?? candidates.max { count(of: $0) < count(of: $1) } ?? 0x20
    self.separator = byte
    let tokens: [[ArraySlice<UInt8>]] = lines.map { $0.split(separator: byte) }.filter { !$0.isEmpty }
    let lists: [[Int64]] = tokens.map { line in line.dropFirst().compactMap { Vocabulary<Item>.canonicalNumber($0) } }
    switch asked {
    case .sequences: isOrdered = true
    case .adjacency: isOrdered = false
    case .matrix, .table: return nil
    case nil:
      let lengths = Dictionary(tokens.map { ($0.count, 1) }, uniquingKeysWith: +)
      let common = lengths.values.max() ?? 0
      guard tokens.count > 2, Double(common) < 0.8 * Double(tokens.count), byte == 0x20 || byte == 0x09,
        zip(tokens, lists).allSatisfy({ $0.count == $1.count + 1 && Vocabulary<User>.canonicalNumber($0[0]) != nil })
      else { return nil }
      let areSets = lists.allSatisfy { Set($0).count == $0.count }
      let name = LoadSources.baseName(source.path, droppingEnding: true)
      let ascend = lists.allSatisfy { zip($0, $0.dropFirst()).allSatisfy { $0 < $1 } }
      isOrdered = !(areSets && (ascend || ["train", "test", "valid"].contains(name)))
    }
  }

  private static func firstLines(_ source: TextSource) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var place = source.start
    while place < source.file.count, lines.count < 20, place - source.start < 1 << 18 {
      let line = Line.range(source.file.bytes, from: place)
      if line.count > 1 << 20 { break }
      if !line.isEmpty { lines.append(source.file[line]) }
      place = Line.next(source.file.bytes, behind: line)
    }
    return lines
  }

  /// What the answer says of it.
  var summary: String {
    isOrdered ? "sequences of items, whose order stands for time" : "adjacency lists: a user and its items a line"
  }

  /// Where the tokens of a line stand.
  private func tokens(_ bytes: Span<UInt8>, _ line: Range<Int>, into fields: inout [FieldSlice]) {
    fields.removeAll(keepingCapacity: true)
    var place = line.lowerBound
    while place < line.upperBound {
      while place < line.upperBound, isSpace(bytes[place]) { place += 1 }
      let start = place
      while place < line.upperBound, !isSpace(bytes[place]) { place += 1 }
      if place > start { fields.append(FieldSlice(range: start..<place)) }
    }
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == separator || byte == 0x20 || byte == 0x0D }

  func append(
    _ line: Range<Int>, number: Int, of bytes: Span<UInt8>, scratch: inout LineScratch, to rows: inout [UInt8]
  ) -> Int {
    tokens(bytes, line, into: &scratch.fields)
    guard let user = scratch.fields.first?.range else { return 0 }
    for (place, field) in scratch.fields.dropFirst().enumerated() {
      FieldText.append(bytes.extracting(user), to: &rows)
      rows.append(0x2C)
      FieldText.append(bytes.extracting(field.range), to: &rows)
      if isOrdered {
        rows.append(0x2C)
        rows += String(place + 1).utf8
      }
      rows.append(0x0A)
    }
    return scratch.fields.count - 1
  }

  func problem(_ line: Range<Int>, of source: TextSource) -> Malformed? { nil }

  func place(
    ofField field: Int, row: Int, line: Range<Int>, of source: TextSource
  ) -> (range: Range<Int>, found: String?) {
    var fields: [FieldSlice] = []
    tokens(source.file.bytes, line, into: &fields)
    let place = field == 0 ? 0 : row + 1
    return fields.indices.contains(place) ? (fields[place].range, nil) : (line, nil)
  }
}
