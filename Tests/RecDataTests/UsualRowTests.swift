import RecData
import Testing

/// Rows of the usual kind have a way of their own through the scan; it must read what the other way reads, which a
/// separator of two bytes takes.
@Suite struct UsualRowTests {
  @Test(arguments: [1, 2, 3, 4], [true, false])
  func `reads short and plain rows as it reads all others`(seed: UInt64, hasTimes: Bool) throws {
    var random = SplitMix(state: seed)
    let rows = (0..<3000).map { row in Row(row, &random).fields(hasTimes: hasTimes) }
    let folder = try TemporaryFolder()
    let expected = try read(rows, in: folder, separator: "::")
    #expect(expected.count > 1000)
    for lineEnd in ["\n", "\r\n"] {
      #expect(try read(rows, in: folder, lineEnd: lineEnd) == expected)
      #expect(try read(rows, in: folder, lineEnd: lineEnd, quotes: true) == expected)
    }
  }

  @Test func `reads quoted ids with commas, spaces at their ends and quotation marks between others`() throws {
    var random = SplitMix(state: 5)
    let endings = [", b", " ", "\u{22}\u{22}", "\u{22}\u{22},x", "\nc", "é"]
    let rows = (0..<2000).map { row in
      let ending = row.isMultiple(of: 3) ? endings[row / 3 % endings.count] : ""
      return ["u\(row % 97)", "i\(row % 300)" + ending, "\(Int.random(in: 1...5, using: &random))"]
    }
    // Without times the last of several ratings counts.
    let last = Dictionary(rows.map { ("\($0[0]) \($0[1])", $0[2]) }) { $1 }
    let expected = last.map { $0.replacing("\u{22}\u{22}", with: "\u{22}") + " \($1).0" }
    #expect(try Set(read(rows, in: TemporaryFolder(), quotes: true)) == Set(expected))
  }

  @Test(arguments: [1, 2, 3], [true, false])
  func `reads plain rows of whole numbers as it reads all others`(seed: UInt64, hasTimes: Bool) throws {
    var random = SplitMix(state: seed)
    let rows = (0..<3000).map { row in
      let opinion = Row(row, &random).fields(hasTimes: hasTimes).dropFirst(2)
      let limit = [10, 100, 10_000, 1_000_000][row % 4]
      return [String(row / 7), String(Int.random(in: 0..<limit, using: &random))] + opinion
    }
    let folder = try TemporaryFolder()
    let expected = try read(rows, in: folder, separator: "::")
    #expect(expected.count > 1000)
    for lineEnd in ["\n", "\r\n"] {
      #expect(try read(rows, in: folder, lineEnd: lineEnd) == expected)
      #expect(try read(rows, in: folder, lineEnd: lineEnd, quotes: true) == expected)
    }
  }

  /// The ratings that a file of the rows is read as; `quotes` puts quotation marks around the ids.
  private func read(
    _ rows: [[String]], in folder: borrowing TemporaryFolder, separator: String = ",", lineEnd: String = "\n",
    quotes: Bool = false
  ) throws -> [String] {
    let header = ["user", "item", "rating", "time"].prefix(rows[0].count)
    let lines = rows.map { row in
      row.enumerated().map { quotes && $0 < 2 ? "\u{22}\($1)\u{22}" : $1 }.joined(separator: separator)
    }
    let text = ([header.joined(separator: separator)] + lines).map { $0 + lineEnd }.joined()
    return triples(try #require(loaded(try folder.write("rows.txt", text)).dataset))
  }

  /// Ids up to and beyond 24 bytes and beyond ASCII, users in runs; ratings and times plain and not.
  private struct Row {
    let user: String
    let item: String
    let rating: String
    let time: String

    init(_ row: Int, _ random: inout some RandomNumberGenerator) {
      let run = row / Int.random(in: 1...9, using: &random)
      user = "u\(run % 211)" + String(repeating: "x", count: run % 29)
      let ending = ["", "é", " b", "-"].randomElement(using: &random) ?? ""
      item = "i\(Int.random(in: 0..<400, using: &random))" + ending
      rating = ["1", "5", "3.5", "0.5", "4.25", "10", "-2", "1e1", "+3"].randomElement(using: &random) ?? ""
      time =
        ["99999999", "1702546131", "123456789012", "7", "1000000000.5", "2018-01-31"].randomElement(using: &random)
        ?? ""
    }

    func fields(hasTimes: Bool) -> [String] { [user, item, rating] + (hasTimes ? [time] : []) }
  }
}

/// SplitMix64 (Steele, Lea & Flood 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
