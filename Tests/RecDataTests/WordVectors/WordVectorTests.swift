import RecAlgebra
import RecData
import RecKernels
import Testing

/// Files of word vectors, whole and broken.
@Suite struct WordVectorTests {
  private let wanted = ["a", "be", "über"]

  @Test(arguments: [
    "a 1 2\nbe 0.5 -3\n", "a 1 2\r\nbe 5e-1 -3.0\r\n", "2 2\na 1 2\nbe 0.5 -3\n", "be 0.5 -3\nnobody x y\na 1 2",
    "A 9 9\na 1 2\na 7 7\nbe 0.5 -3\n", "a 1 2 \nbe 0.5 -3 \n", "a c 1 2\na 1 2\nbe 0.5 -3\n",
    "BE 0.5 -3\na 1 2\nBe 4 4\n",
  ])
  func `reads the vectors of wanted words from text`(text: String) throws {
    let read = try vectors(Array(text.utf8))
    #expect(read.isFound == [true, true, false])
    #expect(Array(read.vectors.row(0)) == [1, 2] && Array(read.vectors.row(1)) == [0.5, -3])
  }

  @Test func `reads what gzip has packed, and refuses it cut short`() throws {
    // gzip.compress(b"a 1 2\nbe 0.5 -3\n", mtime=0) of Python 3.11
    let packed: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0x54, 0x30, 0x54, 0x30, 0xE2, 0x4A, 0x4A, 0x55,
      0x30, 0xD0, 0x33, 0x55, 0xD0, 0x35, 0xE6, 0x02, 0x00, 0x44, 0x05, 0xC0, 0x2E, 0x10, 0x00, 0x00, 0x00,
    ]
    let read = try vectors(packed)
    #expect(Array(read.vectors.row(0)) == [1, 2] && Array(read.vectors.row(1)) == [0.5, -3])
    for count in 2..<packed.count {
      #expect(throws: DataError.self) { try vectors(Array(packed.prefix(count))) }
    }
  }

  @Test func `finds a word beyond ASCII in another case`() throws {
    #expect(try vectors(Array("x 1\nÜBER 2\n".utf8)).isFound == [false, false, true])
  }

  @Test(arguments: [[], Array("\n".utf8)] as [[UInt8]])
  func `reads word2vec's binary form, with and without a line's end behind a word`(end: [UInt8]) throws {
    let file = Array("3 2\n".utf8) + word("be", [0.5, -3]) + end + word("xx", [8, 8]) + end + word("a", [1, 2]) + end
    let read = try vectors(file)
    #expect(read.format == .binary && read.fileCount == 3)
    #expect(Array(read.vectors.row(0)) == [1, 2] && Array(read.vectors.row(1)) == [0.5, -3])
  }

  @Test(arguments: [
    "", "a", "a b c\n", "a 1 2\nbe 1\n", "a 1 2\nbe 1 x\n", "5 2\na 1 2\n", "1 0\na\n", "1 99999\na 1\n", "3 2",
    "a 1 2\nbe 1e99 2\n",
    "\u{1F}\u{8B}", "2 2\na 1 2\nbe", "a 1 2\nbe nan 1\n",
  ])
  func `refuses what is no file of vectors, or is cut short`(text: String) throws {
    #expect(throws: DataError.self) { try vectors(Array(text.utf8)) }
  }

  @Test func `refuses every beginning of a binary file, and numbers that are none`() throws {
    let file = Array("3 2\n".utf8) + word("be", [0.5, -3]) + word("xx", [8, 8]) + word("a", [1, 2])
    for length in 0..<file.count {
      #expect(throws: DataError.self, "\(length)") { try vectors(Array(file.prefix(length))) }
    }
    #expect(throws: DataError.self) { try vectors(Array("1 2\n".utf8) + word("a", [.nan, 1])) }
    #expect(throws: DataError.self) { try vectors(Array("1 2\n".utf8) + [UInt8](repeating: 7, count: 100_000)) }
  }

  @Test func `reads any bytes without failing otherwise than by an error`() throws {
    var state: UInt64 = 1
    for round in 0..<300 {
      var bytes = round.isMultiple(of: 2) ? Array("3 2\n".utf8) : []
      for _ in 0..<round {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append([0x20, 0x0A, 0x31, 0x2E, 0x61, UInt8(truncatingIfNeeded: state >> 40)][Int(state >> 33) % 6])
      }
      do { _ = try vectors(bytes) } catch is DataError {}
    }
  }

  private func vectors(_ bytes: [UInt8]) throws -> WordVectors {
    let folder = try TemporaryFolder()
    let path = try folder.write("vectors", bytes)
    let words = wanted.map { Array($0.utf8) }
    return try WordVectors(contentsOf: path, wordCount: words.count, execution: Execution(threadCount: 1)) { word in
      words.firstIndex { $0.elementsEqual(word.indices.map { word[$0] }) }.map { Int32($0) }
    }
  }

  private func word(_ text: String, _ numbers: [Float]) -> [UInt8] {
    Array(text.utf8) + [0x20]
      + numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) } }
  }
}
