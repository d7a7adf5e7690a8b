import RecData
import Testing

/// Rows of text ids have a way of their own through the scan if they are short and plain; it must read what the other
/// way reads, which a separator of two bytes takes.
@Suite struct ShortTextRowTests {
  @Test(arguments: [1, 2, 3, 4], [true, false])
  func `reads short and plain rows as it reads all others`(seed: UInt64, hasTimes: Bool) throws {
    var random = SplitMix(state: seed)
    let rows = (0..<3000).map { row in Row(row, &random) }
    let folder = try TemporaryFolder()
    var files: [String] = []
    for (name, separator, lineEnd) in [("a.csv", ",", "\n"), ("b.csv", ",", "\r\n"), ("c.txt", "::", "\n")] {
      let header = ["user", "item", "rating"] + (hasTimes ? ["time"] : [])
      let lines = [header] + rows.map { $0.fields(hasTimes: hasTimes) }
      let text = lines.map { $0.joined(separator: separator) + lineEnd }.joined()
      files.append(try folder.write(name, text))
    }
    let expected = triples(try #require(loaded(files[2]).dataset))
    #expect(expected.count > 1000)
    for file in files.dropLast() { #expect(triples(try #require(loaded(file).dataset)) == expected) }
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
        ["99999999", "1702546131", "1234567890123", "7", "1000000000.5", "2018-01-31"].randomElement(using: &random)
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
