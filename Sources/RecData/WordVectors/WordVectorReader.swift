import RecAlgebra
import RecKernels

/// Goes through a file of word vectors and keeps those that are wanted.
struct WordVectorReader {
  private let path: String
  private let file: FileBytes
  private(set) var format = WordVectors.Format.glove
  private(set) var vectors = DenseMatrix(rowCount: 0, columnCount: 0)
  /// How well each wanted word was found: 0 not at all, 1 in another case, 2 as written; (wordCount,).
  private(set) var matches: [UInt8]
  private(set) var fileCount = 0
  private var dimension = 0
  /// What the first line of word2vec promises; nil where there is none.
  private var promisedCount: Int?
  private var place = 0
  private var line = 1

  init(path: String, file: FileBytes, wordCount: Int) {
    self.path = path
    self.file = file
    matches = [UInt8](repeating: 0, count: wordCount)
  }

  /// Finds out the format and the number of dimensions.
  mutating func readHeader() throws(DataError) {
    let file = file
    let bytes = file.bytes
    let end = TextScan.find(0x0A, in: bytes, from: 0)
    // The first line of any format is short; a file without lines is none of these.
    let fields = Self.fields(bytes, 0..<min(end, 1 << 20))
    if fields.count == 2, let count = Self.count(bytes, fields[0]), let dimension = Self.count(bytes, fields[1]) {
      guard end < file.count, (1...WordVectors.dimensionLimit).contains(dimension) else {
        throw damaged("its first line promises \(count) words of \(dimension) dimensions")
      }
      self.dimension = dimension
      promisedCount = count
      place = end + 1
      line = 2
      format = isText(after: end + 1) ? .text : .binary
    } else {
      guard fields.count >= 2, fields.count <= WordVectors.dimensionLimit + 1 else {
        throw damaged("its first line is no word with numbers behind it")
      }
      dimension = fields.dropFirst().reversed().prefix { Self.number(bytes, $0) != nil }.count
      guard dimension > 0 else { throw damaged("its first line is no word with numbers behind it") }
    }
    vectors = DenseMatrix(rowCount: matches.count, columnCount: dimension)
  }

  /// Whether the line behind the first has a word and as many numbers as there are dimensions.
  private func isText(after start: Int) -> Bool {
    let end = TextScan.find(0x0A, in: file.bytes, from: start)
    let fields = Self.fields(file.bytes, start..<min(end, start + 1 << 20))
    return fields.count > dimension && fields.suffix(dimension).allSatisfy { Self.number(file.bytes, $0) != nil }
  }

  mutating func read(_ execution: Execution, _ index: (Span<UInt8>) -> Int32?) throws {
    while place < file.count {
      if fileCount.isMultiple(of: 1024) {
        try execution.checkpoint()
        execution.report(Progress(label: "vectors", fraction: Double(place) / Double(file.count)))
      }
      if format == .binary, fileCount == promisedCount { break }
      try format == .binary ? readBinaryWord(index) : readLine(index)
    }
    if let promisedCount, fileCount != promisedCount {
      throw damaged("it ends after \(fileCount) of \(promisedCount) words")
    }
  }

  private mutating func readLine(_ index: (Span<UInt8>) -> Int32?) throws(DataError) {
    let file = file
    let bytes = file.bytes
    let end = TextScan.find(0x0A, in: bytes, from: place)
    defer {
      place = end + 1
      line += 1
    }
    let wordEnd = min(end, TextScan.find(0x20, in: bytes, from: place))
    if wordEnd == place { return }
    fileCount += 1
    guard let (match, quality) = match(place..<wordEnd, index) else { return }
    let fields = Self.fields(bytes, wordEnd..<end)
    // More numbers than dimensions: the word is one of several words, of which this is the first.
    if fields.count > dimension { return }
    guard fields.count == dimension else {
      throw damaged("line \(line) has \(fields.count) numbers behind its word, and \(dimension) were expected")
    }
    for (column, field) in fields.enumerated() {
      guard let number = Self.number(bytes, field) else {
        throw damaged("line \(line) holds '\(Self.shortened(file, field))' where a number was expected")
      }
      vectors[match, column] = number
    }
    matches[match] = quality
  }

  private mutating func readBinaryWord(_ index: (Span<UInt8>) -> Int32?) throws(DataError) {
    let file = file
    let bytes = file.bytes
    while place < file.count, bytes[place] == 0x0A || bytes[place] == 0x20 { place += 1 }
    if place == file.count { return }
    var end = place
    while end < file.count, bytes[end] != 0x20, end - place < 1 << 16 { end += 1 }
    let numbers = end + 1..<end + 1 + 4 * dimension
    guard end < file.count, bytes[end] == 0x20, numbers.upperBound <= file.count else {
      throw damaged("it ends or errs within word \(fileCount + 1) of \(promisedCount ?? 0)")
    }
    fileCount += 1
    if let (match, quality) = match(place..<end, index) {
      matches[match] = quality
      for (column, number) in file.numbers(Float.self, in: numbers).enumerated() {
        guard number.isFinite else { throw damaged("a number of word \(fileCount) is not finite") }
        vectors[match, column] = number
      }
    }
    place = numbers.upperBound
  }

  /// The number of a wanted word, where the present one is better than what was found before, and how good it is.
  private func match(_ word: Range<Int>, _ index: (Span<UInt8>) -> Int32?) -> (number: Int, quality: UInt8)? {
    let file = file
    if let number = index(file.bytes.extracting(word)).map({ Int($0) }) {
      return matches[number] < 2 ? (number, 2) : nil
    }
    guard word.contains(where: { file.bytes[$0] >= 0x80 || (0x41...0x5A).contains(file.bytes[$0]) }), word.count < 256
    else { return nil }
    let lowered = Array(file.text(word).lowercased().utf8)
    guard let number = index(lowered.span).map({ Int($0) }), matches[number] == 0 else { return nil }
    return (number, 1)
  }

  private func damaged(_ reason: String) -> DataError { .damaged(path: path, reason: reason) }

  // MARK: Fields

  /// The words between blanks.
  private static func fields(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [Range<Int>] {
    var fields: [Range<Int>] = []
    var start: Int?
    for place in range {
      let isBlank = bytes[place] == 0x20 || bytes[place] == 0x09 || bytes[place] == 0x0D
      if isBlank, let begin = start {
        fields.append(begin..<place)
        start = nil
      } else if !isBlank, start == nil {
        start = place
      }
    }
    if let start { fields.append(start..<range.upperBound) }
    return fields
  }

  private static func count(_ bytes: Span<UInt8>, _ field: Range<Int>) -> Int? {
    guard field.count < 16, field.allSatisfy({ (0x30...0x39).contains(bytes[$0]) }) else { return nil }
    return field.reduce(0) { $0 * 10 + Int(bytes[$1] - 0x30) }
  }

  /// A finite number, with or without an exponent.
  private static func number(_ bytes: Span<UInt8>, _ field: Range<Int>) -> Float? {
    let own = bytes.extracting(field)
    if let plain = TextScan.decimal(own) { return Float(plain) }
    guard field.count < 64 else { return nil }
    let text = String(decoding: field.map { bytes[$0] }, as: UTF8.self)
    guard let number = Float(text), number.isFinite else { return nil }
    return number
  }

  private static func shortened(_ file: FileBytes, _ field: Range<Int>) -> String {
    file.text(field.lowerBound..<min(field.upperBound, field.lowerBound + 20))
  }
}
