import RecKernels
import Testing

/// The scanning kernels against plain twins.
struct TextScanTests {
  @Test func `counts bytes as a plain loop does`() {
    var state: UInt64 = 3
    for count in [0, 1, 15, 16, 17, 255, 4096, 9000] {
      let bytes = (0..<count).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return [0x0A, 0x22, 0, 0x61][Int(state >> 62)]
      }
      let counts = TextScan.counts(bytes.span)
      #expect(counts.newlines == bytes.count { $0 == 0x0A })
      #expect(counts.quotes == bytes.count { $0 == 0x22 })
      #expect(counts.nuls == bytes.count { $0 == 0 })
      #expect(TextScan.find(0x22, in: bytes.span, from: 0) == bytes.firstIndex(of: 0x22) ?? count)
    }
    // One byte value in every lane for longer than a lane of eight bits counts.
    #expect(TextScan.counts([UInt8](repeating: 0x0A, count: 100_000).span).newlines == 100_000)
  }

  @Test(arguments: [
    "0", "5", "-1", "3.5", "-0.25", "0.1", "00.5", "123456789012345", "4.", ".5", "0.00000000000001",
    "999999.999999999",
  ])
  func `reads decimals as Swift does`(text: String) {
    let expected = Double(text.hasSuffix(".") ? text + "0" : text)
    #expect(TextScan.decimal(Array(text.utf8).span) == expected)
  }

  @Test(arguments: ["", "-", ".", "1e5", "+1", "1.2.3", " 1", "1 ", "nan", "1234567890123456", "1,5", "--1"])
  func `leaves other numbers to a closer look`(text: String) {
    #expect(TextScan.decimal(Array(text.utf8).span) == nil)
  }

  @Test func `takes a comma for the point where it may`() {
    #expect(TextScan.decimal(Array("3,5".utf8).span, acceptsComma: true) == 3.5)
  }

  // The seconds are those of `date -u -d TEXT +%s`.
  @Test(arguments: [
    ("0", 0), ("964982703", 964_982_703), ("-5", -5), ("12.9", 12), ("-0.5", -1), ("1970-01-01", 0),
    ("2000-02-29T12:00:00Z", 951_825_600), ("2018-01-31T12:00", 1_517_400_000),
    ("2018-01-31 12:00:30.75", 1_517_400_030),
    ("2018-01-31T12:00:00+02:00", 1_517_392_800), ("2018-01-31T12:00:00-0530", 1_517_419_800),
    ("1969-12-31T23:59:59Z", -1),
    ("1900-03-01", -2_203_891_200), ("9999-12-31T23:59:59Z", 253_402_300_799),
  ])
  func `reads moments`(text: String, seconds: Int64) {
    #expect(TextScan.moment(Array(text.utf8).span) == seconds)
  }

  @Test(arguments: [
    "", "-", "x", "2018-13-01", "2018-00-01", "2018-01-32", "2019-02-29", "1900-02-29", "2018-01-31T25:00",
    "2018-01-31T12",
    "2018-01-31T12:00:00X", "2018-1-31", "1234567890123456789", "12-34",
  ])
  func `knows what is no moment`(text: String) { #expect(TextScan.moment(Array(text.utf8).span) == nil) }

  @Test(arguments: [
    [0x61, 0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x98, 0x80], [0xED, 0x9F, 0xBF], [0xF4, 0x8F, 0xBF, 0xBF],
    Array("plain text of more than eight bytes, ü".utf8),
  ])
  func `takes UTF-8 for valid`(bytes: [UInt8]) { #expect(TextScan.invalidUTF8(bytes.span) == nil) }

  // Unicode 15, table 3-7: what does not belong there.
  @Test(arguments: [
    ([0x80], 0), ([0x61, 0xC0, 0x80], 1), ([0xC3], 0), ([0xE0, 0x80, 0x80], 0), ([0xED, 0xA0, 0x80], 0),
    ([0xF0, 0x80, 0x80, 0x80], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF5, 0x80, 0x80, 0x80], 0), ([0xE2, 0x82], 0),
    ([0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0xFF], 8),
  ])
  func `finds the first byte that is not UTF-8`(bytes: [UInt8], place: Int) {
    #expect(TextScan.invalidUTF8(bytes.span) == place)
  }

  @Test(arguments: [
    ("a,b\nc", 4, false), ("\"a\nb\",c\nd", 8, false), ("\"a\"\"\n\",b\n", 9, false), ("a\"b\nc\"", 4, false),
    ("\"open\n", 6, true),
    ("a, \"x\ny\"\n", 9, false), ("abc", 3, false), ("", 0, false),
  ])
  func `ends records outside of quotation marks`(text: String, end: Int, isOpen: Bool) {
    let found = TextScan.recordEnd(Array(text.utf8).span, from: 0, separator: Separator(0x2C))
    #expect(found.end == end && found.isOpen == isOpen)
  }

  @Test(arguments: [DuplicateRule.latest, .sum])
  func `assembles rows as a dictionary does`(rule: DuplicateRule) {
    var state: UInt64 = 9
    func next(_ limit: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % limit
    }
    for (count, rowCount, columnCount) in [(0, 3, 3), (1, 1, 1), (500, 7, 9), (20_000, 40, 3000), (5000, 3000, 40)] {
      let rows = (0..<count).map { _ in Int32(next(UInt64(rowCount))) }
      let columns = (0..<count).map { _ in Int32(next(UInt64(columnCount))) }
      let values = (0..<count).map { _ in Float(next(5)) }
      let times = (0..<count).map { _ in Int64(next(50)) }
      var expected: [[Int32]: (value: Float, time: Int64)] = [:]
      for place in 0..<count {
        let key = [rows[place], columns[place]]
        guard let known = expected[key] else {
          expected[key] = (values[place], times[place])
          continue
        }
        let isLater = times[place] >= known.time
        let value = rule == .sum ? known.value + values[place] : isLater ? values[place] : known.value
        expected[key] = (value, max(known.time, times[place]))
      }
      let sorted = expected.sorted { ($0.key[0], $0.key[1]) < ($1.key[0], $1.key[1]) }
      for threads in [1, 3] {
        let assembled = RowAssembly.assemble(
          rows: rows, columns: columns, values: values, times: times, rowCount: rowCount, duplicates: rule,
          workers: Workers(threadCount: threads))
        #expect(assembled.columns == sorted.map { $0.key[1] })
        #expect(assembled.values == sorted.map(\.value.value))
        #expect(assembled.times == sorted.map(\.value.time))
        #expect(assembled.duplicateCount == count - expected.count)
        for row in 0..<rowCount {
          #expect(assembled.offsets[row + 1] - assembled.offsets[row] == sorted.count { $0.key[0] == row })
        }
      }
    }
  }

  @Test func `finds extremes from a mark on`() {
    let values = (0..<1000).map { Float(($0 * 37) % 101) / 4 - 10 }
    for mark in [-Float.infinity, 0, 7.3, 100] {
      let some = values.filter { $0 >= mark }
      let found = CodeColumns.extremes(values, from: mark, Workers(threadCount: 2))
      #expect(found.lowest == some.min() ?? .infinity && found.highest == some.max() ?? -.infinity)
    }
  }
}
