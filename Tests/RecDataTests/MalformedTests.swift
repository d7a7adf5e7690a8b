import FoundationEssentials
import RecKernels
import Testing

@testable import RecData

/// Files that cannot be read, each with the one error that says so.
struct MalformedTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let kind: Malformed.Kind
    let line: Int
    let column: Int
    var hint: String?
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ kind: Malformed.Kind, _ line: Int, _ column: Int, hint: String? = nil) {
      self.init(name, Array(text.utf8), kind, line, column, hint: hint)
    }

    init(_ name: String, _ bytes: [UInt8], _ kind: Malformed.Kind, _ line: Int, _ column: Int, hint: String? = nil) {
      (self.name, self.bytes, self.kind, self.line, self.column, self.hint) = (name, bytes, kind, line, column, hint)
    }
  }

  static let cases = [
    Case("a column too few", "user,item,rating\n1,2,3\n1,2\n", .columnCount, 3, 4),
    Case("a column too many", "user,item,rating\n1,2,3\n\n1,2,3,4\n", .columnCount, 4, 7),
    Case("a rating that is no number", "user,item,rating\n1,2,good\n", .notNumber, 2, 5, hint: "as=items"),
    Case("an empty rating", "user,item,rating\n1,2,3\n1,3,\n", .notNumber, 3, 5),
    Case("a rating with a unit", "user,item,rating\nä,2,3€\n", .notNumber, 2, 5),
    Case("NaN", "user,item,rating\n1,2,nan\n", .notFinite, 2, 5),
    Case("infinity", "user,item,rating\n1,2,-inf\n", .notFinite, 2, 5),
    Case("more than Float holds", "user,item,rating\n1,2,1e39\n", .notFinite, 2, 5),
    Case("hexadecimal", "user,item,rating\n1,2,0x1p3\n", .notNumber, 2, 5),
    Case("two signs", "user,item,rating\n1,2,--3\n", .notNumber, 2, 5),
    Case("no user", "user,item,rating\n1,2,3\n,2,3\n", .emptyID, 3, 1),
    Case("no item in quotes", "user,item,rating\n1,\"\",3\n", .emptyID, 2, 4),
    Case("a time that is none", "user,item,rating,time\n1,2,3,yesterday\n", .notMoment, 2, 7, hint: "time="),
    Case("a day that is none", "user,item,rating,time\n1,2,3,2019-02-29\n", .notMoment, 2, 7),
    Case("a time of too many digits", "user,item,rating,time\n1,2,3,99999999999999999999\n", .notMoment, 2, 7),
    Case("text behind quotes", "user,item,rating\n1,\"2\"x,3\n", .strayText, 2, 6),
    Case("quotes that stay open", "user,item,rating\n1,\"2,3\n4,5,3\n", .openQuote, 2, 1),
    Case("no separators", "hello\nworld\n", .noSeparator, 1, 1, hint: "sep="),
    Case(
      "not UTF-8", Array("user,item,rating\nab,c".utf8) + [0xE9] + Array(",3\n".utf8), .invalidUTF8, 2, 5,
      hint: "encoding="),
    Case(
      "an overlong encoding", Array("user,item,rating\n".utf8) + [0xC0, 0x80] + Array(",1,3\n".utf8), .invalidUTF8, 2, 1
    ),
    Case("a zero byte", Array("user,item,rating\n1,2,3\n1,".utf8) + [0] + Array(",3\n".utf8), .nulByte, 3, 3),
    Case("tabs in the wrong place", "1\t2\t3\n1\t2\t3\n1 2 3\n", .columnCount, 3, 6),
    Case("the last line, unfinished", "user,item,rating\n1,2,3\n1,2,", .notNumber, 3, 5),
    Case("a line of CRLF", "user,item,rating\r\n1,2,3\r\n1,2,x\r\n", .notNumber, 3, 5),
  ]

  @Test(arguments: cases)
  func `says what is wrong on which line`(_ example: Case) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("data.csv", example.bytes)
    let error = try #require(throws: DataError.self) { try loaded(path) }
    guard case .malformed(let malformed) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(malformed.kind == example.kind)
    #expect(malformed.at.line == example.line)
    #expect(malformed.at.column == example.column)
    #expect(malformed.at.path == path)
    if let hint = example.hint { #expect(malformed.hint?.contains(hint) == true) }
    #expect(!error.message.isEmpty)
  }

  @Test(arguments: cases.filter { ![.noSeparator, .nulByte].contains($0.kind) })
  func `leaves the line out when asked to`(_ example: Case) throws {
    let folder = try TemporaryFolder()
    // A good line before and behind each bad one: those two are what is left.
    let separator = example.bytes.contains(0x09) ? "\t" : ","
    let isTimed = example.bytes.starts(with: "user,item,rating,time".utf8)
    let good = ["g1", "g2"].map { [$0, "x", "1"] + (isTimed ? ["5"] : []) }.map { $0.joined(separator: separator) }
    var bytes = example.bytes
    if bytes.last != 0x0A { bytes.append(0x0A) }
    bytes += Array((good.joined(separator: "\n") + "\n").utf8)
    let path = try folder.write("data.csv", bytes)
    let loaded = try loaded(path) { $0.skipsMalformedLines = true }
    let dataset = try #require(loaded.dataset)
    #expect(triples(dataset).filter { $0.hasPrefix("g") }.count == 2)
    #expect(loaded.report.skippedCount == 1)
    #expect(loaded.report.skipped.map(\.at.line) == [example.line])
  }

  @Test func `shows the line around the column, however long it is`() throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: "é", count: 100_000)
    let path = try folder.write("a.csv", "user,item,rating\n\(text),2,bad,\(text)\n")
    let error = try #require(throws: DataError.self) { try loaded(path) }
    let position = try #require(error.position)
    #expect(position.column == 100_008)
    #expect(position.text.unicodeScalars.count < 130)
    #expect(position.text.hasPrefix("…") && position.text.hasSuffix("…"))
    let scalars = Array(position.text.unicodeScalars)
    #expect(scalars[position.caret - 2] == "," && scalars[position.caret - 1] == "é")
    #expect(error.message.utf8.count < 400)
  }

  @Test func `refuses a line without end, in time linear in it`() throws {
    let folder = try TemporaryFolder()
    let long = [UInt8](repeating: 0x37, count: 40_000_000)
    let whole = try folder.write("a.csv", long)
    let error = try #require(throws: DataError.self) { try loaded(whole) }
    #expect(error.position?.line == 1)
    #expect(error.message.utf8.count < 400)
    let second = try folder.write("b.csv", Array("user,item,rating\n1,2,3\n".utf8) + long)
    let later = try #require(throws: DataError.self) { try loaded(second) }
    guard case .malformed(let malformed) = later else {
      Issue.record("\(later)")
      return
    }
    #expect(malformed.kind == .longLine)
    #expect(malformed.at.line == 3)
    let quoted = try folder.write("c.csv", Array("user,item,rating\n1,2,3\n\"".utf8) + long + Array("\",2,3\n".utf8))
    #expect(throws: DataError.self) { try loaded(quoted) }
  }

  @Test func `reads or refuses a field of ten million characters, in every form`() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "7", count: 10_000_000)
    let id = try #require(try loaded(folder.write("a.csv", "user,item,rating\n\(long),2,3\n")).dataset)
    #expect(id.entities.users[UserIndex(0)].text.utf8.count == 10_000_000)
    for text in ["user,item,rating\n1,2,\(long)\n", "{\"user\":1,\"item\":2,\"rating\":\(long)}\n"] {
      let error = try #require(throws: DataError.self) { try loaded(folder.write("b", text)) }
      #expect(error.position?.column ?? 0 > 4 && error.message.utf8.count < 400)
    }
    let title = try loaded(folder.write("c.jsonl", "{\"item\":1,\"title\":\"\(long)\"}\n"))
    #expect(title.items?.fields.text("title", at: 0).utf8.count == 10_000_000)
    #expect(throws: DataError.self) { try loaded(folder.write("d", "1 \(long)\n")) { $0.form = .matrix } }
  }

  @Test(arguments: [
    "\u{FEFF}user,item,rating\r\n1,2,3\n4,5,1\r\n", "user,item,rating\n\n1,2,3\r\n\r\n4,5,1",
    "\n\r\nuser,item,rating\r\n1,2,3 \n 4 , 5,1\n\n",
  ])
  func `reads line ends of both kinds, empty lines and a byte order mark`(text: String) throws {
    let folder = try TemporaryFolder()
    #expect(triples(try #require(try loaded(folder.write("a.csv", text)).dataset)) == ["1 2 3.0", "4 5 1.0"])
    let little: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    #expect(triples(try #require(try loaded(folder.write("b.csv", little)).dataset)) == ["1 2 3.0", "4 5 1.0"])
    let big: [UInt8] = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    #expect(triples(try #require(try loaded(folder.write("c.csv", big)).dataset)) == ["1 2 3.0", "4 5 1.0"])
  }

  @Test func `names what is close where the folder is missing, too`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/films", withIntermediateDirectories: true)
    try folder.write("films/ratings.csv", "1,2,3\n")
    #expect(nearestPaths(to: folder.path + "/flims/ratings.csv") == [folder.path + "/films/ratings.csv"])
    #expect(nearestPaths(to: folder.path + "/flims/other.csv") == [folder.path + "/films"])
  }

  @Test func `gives up on a device that never ends`() {
    #expect(throws: DataError.self) { try loaded("/dev/zero") }
  }

  @Test func `names paths that are close to a missing one`() throws {
    let folder = try TemporaryFolder()
    try folder.write("ratings.csv", "user,item,rating\n1,2,3\n")
    let path = folder.path
    #expect(throws: DataError.missing(path: path + "/rating.csv", nearest: [path + "/ratings.csv"])) {
      try loaded(path + "/rating.csv")
    }
  }

  @Test func `says which files a folder lacks`() throws {
    let folder = try TemporaryFolder()
    try folder.write("notes.txt", "hello")
    let path = folder.path
    let error = try #require(throws: DataError.self) { try loaded(path) }
    guard case .noRatings(_, let recognized, let found) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(recognized.contains { $0.contains("u.data") })
    #expect(found == ["notes.txt"])
  }

  @Test(arguments: [
    ("", "is empty"), ("\n\n  \n", "is empty"), ("\u{FEFF}", "is empty"), ("userId,movieId,rating\n", "has a header"),
    ("userId,movieId,rating", "has a header"), ("userId,movieId,rating\n\n\r\n", "has a header"),
  ])
  func `says that there is nothing to read`(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", text)
    let error = try #require(throws: DataError.self) { try loaded(path) }
    #expect(error.message.contains(message))
  }

  @Test(arguments: [[0x28, 0xB5, 0x2F, 0xFD], [0x50, 0x4B, 3, 4], Array("PAR1....".utf8)])
  func `knows files that are no text`(head: [UInt8]) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", head + [UInt8](repeating: 1, count: 50))
    let error = try #require(throws: DataError.self) { try loaded(path) }
    guard case .notText(_, _, let remedy) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(remedy != nil)
  }

  @Test func `names the columns when one that is asked for is not there`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "user,item,rating\n1,2,3\n")
    let columns = ["user", "item", "rating"]
    #expect(throws: DataError.unknownColumn(path: path, option: "user", asked: "usr", columns: columns)) {
      try loaded(path) { $0.user = "usr" }
    }
    #expect(throws: DataError.unknownColumn(path: path, option: "item", asked: "4", columns: columns)) {
      try loaded(path) { $0.item = "4" }
    }
    let other = try folder.write("b.csv", "who,item,rating\n1,2,3\n")
    #expect(throws: DataError.noColumn(path: other, option: "user", columns: ["who", "item", "rating"])) {
      try loaded(other) { $0.kind = .ratings }
    }
  }

  @Test func `tells when every line is bad`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "user,item,rating\n1,2,x\n1,3,y\n")
    let error = try #require(throws: DataError.self) { try loaded(path) { $0.skipsMalformedLines = true } }
    guard case .nothingLeft(let skipped, let first) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(skipped == 2 && first.at.line == 2)
  }

  @Test func `reports the first error of a file, whichever thread finds one first`() throws {
    let folder = try TemporaryFolder()
    var text = "user,item,rating\n"
    for row in 0..<300_000 { text += row % 100_000 == 60_000 ? "\(row),x\n" : "\(row),1,3\n" }
    let path = try folder.write("a.csv", text)
    for threads in [1, 4] {
      let error = try #require(throws: DataError.self) { try load(path, execution: Execution(threadCount: threads)) }
      #expect(error.position?.line == 60_002)
    }
    let loaded = try loaded(path) { $0.skipsMalformedLines = true }
    #expect(loaded.report.skippedCount == 3)
    #expect(loaded.report.skipped.map(\.at.line) == [60_002, 160_002, 260_002])
    #expect(loaded.report.rowCount == 299_997)
  }

  @Test func `checks item tables line by line, too`() throws {
    let folder = try TemporaryFolder()
    let short = try folder.write("a.csv", "movieId,title,genres\n1,One,A\n2,Two\n")
    #expect(try #require(throws: DataError.self) { try loaded(short) }.position?.line == 3)
    let latin = try folder.write("b.csv", Array("movieId,title,genres\n1,Caf".utf8) + [0xE9] + Array(",A\n".utf8))
    let error = try #require(throws: DataError.self) { try loaded(latin) }
    #expect(error.position?.column == 6)
    let skipping = try loaded(short) { $0.skipsMalformedLines = true }
    #expect(skipping.items?.ids.count == 1 && skipping.report.skippedCount == 1)
  }

  /// Random bytes, from a fixed seed: whatever comes, an error or data, never a trap.
  @Test func `survives anything`() throws {
    let folder = try TemporaryFolder()
    let alphabet = Array("1234567890,,,\t;|:\"\"\n\n\r .-+eéxua\u{0}\u{FEFF}".utf8) + [0xFF, 0xC3]
    var outcomes = 0
    for seed in 0..<300 {
      var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
      let bytes = (0..<200 + seed).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return alphabet[Int((state >> 33) % UInt64(alphabet.count))]
      }
      let path = try folder.write("a.csv", Array((seed % 3 == 0 ? "user,item,rating\n" : "").utf8) + bytes)
      for skips in [false, true] {
        do {
          _ = try loaded(path) {
            $0.skipsMalformedLines = skips
            $0.kind = TableKind.allCases[seed % 3]
          }
        } catch let error as DataError {
          #expect(!error.message.isEmpty)
        }
        outcomes += 1
      }
    }
    #expect(outcomes == 600)
  }
}
