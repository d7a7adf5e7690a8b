import RecKernels
import Testing

/// Cutting a text into chunks of whole records against a walk from record to record.
struct RecordChunksTests {
  /// Texts of more than two chunks; with line feeds in quoted fields only the walk can tell records apart.
  @Test(arguments: ["plain", "\"quoted\"", "\"a \"\"b\"\"\"", "\"two\nlines\"", "in\"side", "\"\""], [true, false])
  func `begins each chunk with a record and counts those before it`(field: String, endsWithLineFeed: Bool) throws {
    let comma = Separator(0x2C)
    var text: [UInt8] = []
    var row = 0
    while text.count < 5 << 19 {
      text += Array("\(row),\(row.isMultiple(of: 3) ? field : "x"),\(String(repeating: "y", count: row % 50))\n".utf8)
      row += 1
    }
    if !endsWithLineFeed { text.removeLast() }
    var starts = [0]
    while starts[starts.count - 1] < text.count {
      starts.append(TextScan.recordEnd(text.span, from: starts[starts.count - 1], separator: comma).end)
    }
    #expect(starts.count - 1 == row)
    let chunks = try TextScan.chunks(
      FileBytes(text), from: 0, separator: comma, quoting: true, closesQuotes: false,
      execution: Execution(threadCount: 2))
    #expect(chunks.count > 1)
    #expect(chunks.rows == chunks.bounds.map { bound in starts.firstIndex(of: bound) })
  }

  @Test func `counts quoted lines as a walk does, or leaves them to it`() {
    var state: UInt64 = 7
    var told = 0
    for _ in 0..<4000 {
      let text =
        (0..<Int(state % 90)).map { _ -> UInt8 in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Array("\",\nabc\",".utf8)[Int(state >> 61)]
        } + [0x0A]
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      guard let lines = TextScan.quotedLines(text.span, separator: Separator(0x2C)) else { continue }
      told += 1
      var (place, count) = (0, 0)
      while place < text.count {
        let (end, isOpen) = TextScan.recordEnd(text.span, from: place, separator: Separator(0x2C))
        #expect(!isOpen)
        (place, count) = (end, count + 1)
      }
      #expect(lines == count)
    }
    #expect(told > 300)
  }
}
