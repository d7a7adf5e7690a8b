internal import RecAlgebra
internal import RecKernels

extension TensorFile {
  /// Writes tensors and what is said of them; the file is there in full afterwards, or as it was before.
  ///
  /// The tensors' memory is written as it stands, padding left out; nothing is copied as a whole.
  ///
  /// - Throws: `DataError.notWritable`, `DataError.isFolder`, `Cancelled`.
  static func write(
    _ tensors: [NamedTensor], facts: [Fact], to path: String, execution: Execution
  ) throws {
    // The widest first: then each tensor begins at a multiple of its numbers' width.
    let ordered = [8, 4, 1].flatMap { width in tensors.filter { $0.tensor.kind.width == width } }
    var digest = Digest(facts, ordered.map { Entry($0) })
    let byteCount = ordered.reduce(0) { $0 + $1.byteCount }
    var done = 0
    func step(_ bytes: Int) throws(Cancelled) {
      done += bytes
      try execution.checkpoint()
      // The bytes are gone through twice: for the digest and for the file.
      execution.report(Progress(label: "save", fraction: Double(done) / Double(max(1, 2 * byteCount))))
    }
    for named in ordered {
      try named.tensor.forEachPiece { piece in
        digest.update(piece)
        try step(piece.byteCount)
      }
    }
    var file = try AtomicFile(replacing: path)
    try file.write(header(ordered, facts + [Fact(digestKey, digest.text)]))
    for named in ordered {
      try named.tensor.forEachPiece { piece in
        try file.write(piece)
        try step(piece.byteCount)
      }
    }
    try file.finish()
  }

  /// The length of the description and the description, padded to a multiple of eight bytes.
  private static func header(_ tensors: [NamedTensor], _ facts: [Fact]) -> [UInt8] {
    var members = [JSONValue.Member(metadataKey, .object(facts.map { JSONValue.Member($0.name, .string($0.text)) }))]
    var start = 0
    for named in tensors {
      let end = start + named.byteCount
      let entry = JSONValue.object([
        JSONValue.Member("dtype", .string(named.tensor.kind.rawValue)),
        JSONValue.Member("shape", .array(named.tensor.shape.map { .number(String($0)) })),
        JSONValue.Member("data_offsets", .array([.number(String(start)), .number(String(end))])),
      ])
      members.append(JSONValue.Member(named.name, entry))
      start = end
    }
    var text = JSONValue.object(members).bytes
    while !text.count.isMultiple(of: 8) { text.append(0x20) }
    return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text
  }
}

extension TensorFile.NamedTensor {
  fileprivate var byteCount: Int { tensor.count * tensor.kind.width }
}

extension TensorFile.Entry {
  fileprivate init(_ named: TensorFile.NamedTensor) {
    self.init(name: named.name, kind: named.tensor.kind, shape: named.tensor.shape, bytes: 0..<named.byteCount)
  }
}

extension Tensor {
  /// The memory of the numbers without padding, in pieces of at most some megabytes; the padding lies between rows.
  fileprivate func forEachPiece(_ body: (RawSpan) throws -> Void) throws {
    switch values {
    case .floats(let numbers): try pieces(numbers, body)
    case .doubles(let numbers): try pieces(numbers, body)
    case .int32s(let numbers): try pieces(numbers, body)
    case .int64s(let numbers): try pieces(numbers, body)
    case .ints(let numbers): try pieces(numbers, body)
    case .bytes(let numbers): try pieces(numbers, body)
    case .flags(let flags): try pieces(flags.map { $0 ? 1 : 0 } as [UInt8], body)
    }
  }

  private func pieces<Number: PlainNumber>(_ numbers: [Number], _ body: (RawSpan) throws -> Void) throws {
    let length = shape.last ?? 1
    if count == 0 { return }
    if stride == length {
      for start in Swift.stride(from: 0, to: count, by: Self.pieceSize) {
        try body(numbers.span.extracting(start..<min(start + Self.pieceSize, count)).memory)
      }
      return
    }
    let rows = count / length
    let rowsInPiece = max(1, Self.pieceSize / length)
    for first in Swift.stride(from: 0, to: rows, by: rowsInPiece) {
      var piece: [Number] = []
      piece.reserveCapacity(rowsInPiece * length)
      for row in first..<min(first + rowsInPiece, rows) {
        piece.append(contentsOf: numbers[row * stride..<row * stride + length])
      }
      try body(piece.span.memory)
    }
  }

  private static let pieceSize = 1 << 19
}
