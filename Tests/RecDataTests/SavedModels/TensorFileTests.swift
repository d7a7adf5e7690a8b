import FoundationEssentials
import RecAlgebra
import RecKernels
import Testing

@testable import RecData

/// Files of tensors: those of the format's own library, ours, and broken ones.
@Suite struct TensorFileTests {
  private static let execution = Execution(threadCount: 1)

  /// `Reference/safetensors_reference.py` wrote it with Hugging Face's library.
  @Test func `reads what the format's own library writes`() throws {
    let tests = #filePath.split(separator: "/").dropLast(2).reduce(into: "") { $0 += "/" + $1 }
    let file = try TensorFile(reading: tests + "/Reference/tensors.safetensors")
    #expect(file[fact: "purpose"] == "reference")
    #expect(file[fact: "text"] == "quoted \"ä\", 😀, \n and \\")
    func tensor(_ name: String) throws -> Tensor {
      let entry = try #require(file[tensor: name])
      return try #require(file.value(Tensor.self, of: entry))
    }
    #expect(try tensor("matrix") == Tensor(shape: [2, 3], .floats([1.5, -2.25, 3, 0.1, 1e-40, 65504])))
    let precise = try tensor("precise")
    #expect(precise == Tensor(shape: [4], .doubles([.pi, -0.0, 5e-324, .greatestFiniteMagnitude])))
    if case .doubles(let numbers) = precise.values { #expect(numbers[1].sign == .minus) }
    #expect(try tensor("small") == Tensor(shape: [4], .int32s([.min, -1, 0, .max])))
    #expect(try tensor("wide") == Tensor(shape: [3], .int64s([.min, 9_007_199_254_740_993, .max])))
    #expect(try tensor("bytes") == Tensor(shape: [5], .bytes([0, 1, 127, 255, 10])))
    #expect(try tensor("flags") == Tensor(shape: [3], .flags([true, false, true])))
    #expect(try tensor("nothing") == Tensor(shape: [0, 4], .floats([])))
  }

  // MARK: Coding

  /// A value with something of every kind that models hold.
  private struct Everything: Codable, Equatable {
    enum Choice: Codable, Equatable { case none, some(Int, of: String) }
    struct Part: Codable, Equatable {
      var matrix = DenseMatrix(rows: [[1, 2, 3], [-4, .infinity, 5e-40]])
      var empty = DenseMatrix(rowCount: 3, columnCount: 0)
      var sparse = SparseRows(rowCount: 2, columnCount: 3, offsets: [0, 2, 3], columns: [0, 2, 1], values: [1, 2, 3])
    }
    var floats: [Float] = [0.1, -0.0, .leastNonzeroMagnitude]
    var doubles: [Double] = [.pi, .greatestFiniteMagnitude]
    var int32s: [Int32] = [.min, .max]
    var int64s: [Int64] = [.min, .max]
    var ints = [Int.min, 7]
    var bytes: [UInt8] = [0, 255]
    var flags = [true, false]
    var noNumbers: [Float] = []
    var noTexts: [String] = []
    var texts = ["", "ä\"\\\n", "😀"]
    var nested: [[Int32]] = [[1], [], [2, 3]]
    var parts = [Part(), Part(matrix: DenseMatrix(rowCount: 0, columnCount: 17))]
    var table = ["one": 1.5, "dotted.key": -2]
    var choices: [Choice] = [.none, .some(3, of: "x")]
    var missing: Double?
    var present: Float? = 1e-45
    var odd: [String: Double] = ["infinite": -.infinity]
    var unsigned = UInt64.max
    var number = 0.1 + 0.2
    var single: Float = 16_777_217
  }

  @Test func `gives every kind of value back as it was`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/value.safetensors"
    let value = Everything()
    try SavedFile.write(value, facts: [("for", "people")], to: path, execution: Self.execution)
    let read = try SavedFile.read(Everything.self, from: path, execution: Self.execution) { $0 }
    #expect(read == value)
    #expect(read.floats[1].sign == .minus)
    let file = try TensorFile(reading: path)
    #expect(file[fact: "for"] == "people")
    let matrix = try #require(file[tensor: "parts.0.matrix"])
    #expect(matrix.shape == [2, 3] && matrix.kind == .float32)
    // Every tensor begins at a multiple of its numbers' width, and the numbers at one of eight.
    for entry in file.entries { #expect(entry.bytes.lowerBound.isMultiple(of: entry.kind.width)) }
    #expect(file.entries.first?.bytes.lowerBound.isMultiple(of: 8) == true)
  }

  @Test func `writes the numbers of large tensors in pieces and leaves padding out`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/value.safetensors"
    var matrix = DenseMatrix(rowCount: 70_001, columnCount: 17)
    for row in 0..<70_001 { matrix[row, 16] = Float(row) }
    let numbers = (0..<1_200_000).map { Int64($0) * 7 }
    struct Large: Codable, Equatable {
      let matrix: DenseMatrix
      let numbers: [Int64]
    }
    let value = Large(matrix: matrix, numbers: numbers)
    try SavedFile.write(value, facts: [], to: path, execution: Self.execution)
    #expect(try SavedFile.read(Large.self, from: path, execution: Self.execution) { $0 == value })
    let size = try Data(contentsOf: URL(filePath: path)).count
    let numberBytes = 70_001 * 17 * 4 + 1_200_000 * 8
    #expect(size - numberBytes < 1000)
  }

  @Test func `stops when it is asked to, and leaves no file`() throws {
    let folder = try TemporaryFolder()
    let stopped = Execution(workers: Workers(threadCount: 1), cancellation: Cancellation())
    stopped.cancellation.cancel()
    #expect(throws: Cancelled.self) {
      try SavedFile.write([1.5], facts: [], to: folder.path + "/value.safetensors", execution: stopped)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  // MARK: Files that cannot be read

  struct Broken: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What the message must say.
    let reason: String
    let bytes: @Sendable () -> [UInt8]

    init(_ name: String, _ reason: String, _ bytes: @escaping @Sendable () -> [UInt8]) {
      testDescription = name
      self.reason = reason
      self.bytes = bytes
    }

    /// A description and numbers, with the length that belongs to them.
    static func file(_ description: String, _ count: Int = 0) -> [UInt8] {
      let text = Array(description.utf8)
      return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text
        + [UInt8](repeating: 1, count: count)
    }

    init(_ name: String, _ reason: String, described description: String, _ count: Int = 0) {
      self.init(name, reason) { Self.file(description, count) }
    }
  }

  static let broken = [
    Broken("nothing", "is empty") { [] },
    Broken("five bytes", "only 5 bytes") { [1, 2, 3, 4, 5] },
    Broken("text", "does not begin with a description") { Array("user,item,rating\n1,2,3\n".utf8) },
    Broken("a length beyond any file", "does not begin with a description") {
      [UInt8](repeating: 255, count: 8) + [0x7B]
    },
    Broken("a length beyond this file", "within its description") { [100, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D] },
    Broken("a description that is no JSON", "expects ':'", described: #"{"a" 1}"#),
    Broken("a tensor without a shape", "not described", described: #"{"a":{"dtype":"F32","data_offsets":[0,4]}}"#, 4),
    Broken(
      "a negative length", "not described", described: #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4),
    Broken(
      "a length that is no integer", "not described",
      described: #"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, 4),
    Broken(
      "a place that ends before it begins", "not described",
      described: #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4),
    Broken(
      "a place beyond all numbers", "not described",
      described: #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}"#, 4),
    Broken(
      "a kind of numbers that we do not know", "unknown kind 'F16'",
      described: #"{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#, 4),
    Broken(
      "a shape of other size", "numbers of its shape",
      described: #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4),
    Broken(
      "a shape whose size overflows", "numbers of its shape",
      described: #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#),
    Broken(
      "a gap", "does not begin where", described: #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#, 2),
    Broken(
      "an overlap", "does not begin where",
      described:
        #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#,
      3),
    Broken(
      "the same name twice", "the same name",
      described:
        #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#,
      2),
    Broken("too few numbers", "it ends after", described: #"{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}"#, 8),
    Broken("too many", "behind its last", described: #"{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}"#, 10),
    Broken(
      "a file of another program", "another program",
      described: #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#,
      1),
    Broken(
      "a later format", "has format 2, and this program reads format 1",
      described: #"{"__metadata__":{"recline format":"2","contents":"{}"}}"#),
    Broken(
      "no digest", "digest", described: #"{"__metadata__":{"recline format":"1","contents":"{}"}}"#),
  ]

  @Test(arguments: broken)
  func `says what is wrong with a file`(_ broken: Broken) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("model.safetensors", broken.bytes())
    let error = #expect(throws: DataError.self) {
      try SavedFile.read([Double].self, from: path, execution: Self.execution) { $0 }
    }
    #expect(error?.message.contains(broken.reason) == true, "\(error?.message ?? "")")
  }

  @Test func `refuses every file that was cut short or has a changed byte`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/value.safetensors"
    try SavedFile.write(Everything(), facts: [("for", "people")], to: path, execution: Self.execution)
    let whole = Array(try Data(contentsOf: URL(filePath: path)))
    for length in stride(from: 0, to: whole.count, by: 37) {
      try folder.write("value.safetensors", Array(whole[..<length]))
      #expect(throws: DataError.self) {
        try SavedFile.read(Everything.self, from: path, execution: Self.execution) { $0 }
      }
    }
    for place in stride(from: 0, to: whole.count, by: 11) {
      var changed = whole
      changed[place] ^= 1 << UInt8(place % 7)
      try folder.write("value.safetensors", changed)
      // A space of the padding may become another blank, which changes nothing.
      if let read = try? SavedFile.read(Everything.self, from: path, execution: Self.execution, as: { $0 }) {
        #expect(read == Everything(), "byte \(place)")
      }
    }
  }

  @Test func `names the place of what does not fit`() throws {
    struct Two: Codable { var first = [1.5], second = ["a": 1] }
    struct Other: Codable { var first = [1.5], second = ["a": "text"] }
    struct Narrow: Codable { var first: [Float] = [1], second = ["a": 1] }
    struct More: Codable { var first = [1.5], second = ["a": 1], third = 1 }
    let folder = try TemporaryFolder()
    let path = folder.path + "/value.safetensors"
    try SavedFile.write(Two(), facts: [], to: path, execution: Self.execution)
    func reason(_ type: (some Decodable).Type) -> String? {
      do {
        return try SavedFile.read(type, from: path, execution: Self.execution) { _ in nil }
      } catch {
        return (error as? DataError)?.message
      }
    }
    #expect(reason(Two.self) == nil)
    #expect(reason(Other.self) == "'\(path)' is damaged: a text was expected in 'second.a'")
    #expect(reason(Narrow.self) == "'\(path)' is damaged: the tensor 'first' holds F64 in 1 dimensions in 'first'")
    #expect(reason(More.self) == "'\(path)' is damaged: 'third' is missing")
  }
}
