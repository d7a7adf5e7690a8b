internal import RecAlgebra
internal import RecKernels

extension TensorFile {
  /// Opens a file and checks its description; numbers are read when they are asked for.
  ///
  /// - Throws: `DataError` where there is no such file, or it is no file of tensors or only a part of one.
  init(reading path: String) throws(DataError) {
    switch fileKind(path) {
    case .missing: throw .missing(path: path, nearest: nearestPaths(to: path))
    case .directory: throw .isFolder(path: path)
    case .unreadable, .file: break
    }
    let contents: FileBytes
    do { contents = try FileBytes(contentsOf: path) } catch { throw TextSource.error(error, path) }
    func refuse(_ reason: String) -> DataError { .notTensors(path: path, reason: reason) }
    if contents.count == 0 { throw .empty(path: path) }
    guard contents.count > 8 else { throw refuse("it has only \(contents.count) bytes") }
    let length = contents[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= Self.longestHeader, contents.bytes[8] == UInt8(ascii: "{") else {
      throw refuse("it does not begin with a description")
    }
    guard length <= contents.count - 8 else {
      throw .damaged(path: path, reason: "it ends after \(contents.count) bytes, within its description")
    }
    let start = 8 + Int(length)
    let json: JSONValue
    do {
      json = try JSONValue(parsing: contents[8..<start])
    } catch {
      throw .damaged(path: path, reason: "its description expects \(error.expected) at byte \(8 + error.position)")
    }
    guard case .object(let members) = json else { throw refuse("its description is no object") }
    var facts: [Fact] = []
    var entries: [Entry] = []
    for member in members where member.key != Self.metadataKey {
      entries.append(try Self.entry(member, from: start, path))
    }
    if case .object(let texts)? = json[Self.metadataKey] {
      facts = texts.compactMap { text in text.value.string.map { Fact(text.key, $0) } }
    }
    try Self.check(&entries, start..<contents.count, path)
    self.init(path: path, facts: facts, entries: entries, contents: contents)
  }

  /// The limit of the format's own library.
  private static let longestHeader = UInt64(100_000_000)

  private static func entry(
    _ member: JSONValue.Member, from start: Int, _ path: String
  ) throws(DataError) -> Entry {
    let offsets = member.value["data_offsets"]?.elements?.compactMap(\.integer) ?? []
    let shape = member.value["shape"]?.elements?.map(\.integer) ?? [nil]
    guard let kind = member.value["dtype"]?.string, offsets.count == 2, !shape.contains(nil),
      shape.allSatisfy({ $0.map { $0 >= 0 } ?? false }), offsets[0] >= 0, offsets[0] <= offsets[1],
      offsets[1] <= Int.max - start
    else { throw .damaged(path: path, reason: "the tensor '\(member.key)' is not described as it should be") }
    guard let kind = TensorKind(rawValue: kind) else {
      throw .notTensors(path: path, reason: "the tensor '\(member.key)' holds numbers of the unknown kind '\(kind)'")
    }
    let lengths = shape.compactMap { $0 }
    var count: Int? = kind.width
    for length in lengths {
      guard let (product, overflow) = count?.multipliedReportingOverflow(by: length) else { break }
      count = overflow ? nil : product
    }
    guard count == offsets[1] - offsets[0] else {
      throw .damaged(path: path, reason: "the tensor '\(member.key)' does not have the numbers of its shape")
    }
    return Entry(
      name: member.key, kind: kind, shape: lengths, bytes: start + offsets[0]..<start + offsets[1])
  }

  /// Brings the tensors into the order of their places and checks that these leave no gap.
  private static func check(_ entries: inout [Entry], _ data: Range<Int>, _ path: String) throws(DataError) {
    // Tensors without numbers stand in one place and keep the order of the description.
    entries = entries.enumerated().sorted { left, right in
      let (first, second) = (left.element.bytes, right.element.bytes)
      return (first.lowerBound, first.upperBound, left.offset) < (second.lowerBound, second.upperBound, right.offset)
    }.map(\.element)
    var end = data.lowerBound
    for entry in entries {
      guard entry.bytes.lowerBound == end else {
        throw .damaged(path: path, reason: "the tensor '\(entry.name)' does not begin where the one before it ends")
      }
      end = entry.bytes.upperBound
    }
    if end > data.upperBound {
      throw .damaged(path: path, reason: "it ends after \(data.upperBound) of \(end) bytes")
    }
    if end < data.upperBound { throw .damaged(path: path, reason: "there are bytes behind its last tensor") }
    if Set(entries.map(\.name)).count < entries.count {
      throw .damaged(path: path, reason: "two tensors have the same name")
    }
  }

  /// Whether the digest is that of what the file holds.
  ///
  /// - Throws: `DataError.damaged` where it is not, `Cancelled`.
  func checkDigest(_ execution: Execution) throws {
    var digest = Digest(facts, entries)
    for entry in entries {
      for start in stride(from: entry.bytes.lowerBound, to: entry.bytes.upperBound, by: 1 << 21) {
        try execution.checkpoint()
        digest.update(contents.bytes.extracting(start..<min(start + 1 << 21, entry.bytes.upperBound)).memory)
      }
    }
    guard self[fact: Self.digestKey] == digest.text else {
      throw DataError.damaged(path: path, reason: "its digest is not that of its contents")
    }
  }
}
