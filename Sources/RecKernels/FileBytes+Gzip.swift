import CZlib

/// Why a gzip file cannot be unpacked.
package enum GzipFailure: Error, Equatable, Sendable {
  /// The file ends before its data does.
  case truncated
  /// The data at a byte of the file contradicts itself or its check sum.
  case corrupt(at: Int)
  /// More than the program holds in memory, in megabytes.
  case tooLarge(limit: Int)
  case noMemory
  case cancelled
}

extension FileBytes {
  /// Whether the bytes begin as a gzip file does (RFC 1952).
  package var isGzip: Bool { count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B }

  /// The content of a gzip file, all of its members; zeros behind the last one are padding.
  package func unpacked(_ execution: Execution) throws(GzipFailure) -> FileBytes {
    guard let inflater = unsafe rec_inflater_create() else { throw .noMemory }
    defer { unsafe rec_inflater_free(inflater) }
    // The last four bytes tell the size, were it honest and of one member; deflate packs at most 1032 to 1.
    let told = count >= 18 ? (0..<4).reduce(0) { $0 | Int(bytes[count - 4 + $1]) << (8 * $1) } : 0
    var content = GrowingBytes(capacity: min(max(told, count), 1032 * count) + 64)
    var place = 0
    var isBetween = false
    while true {
      if execution.cancellation.isCancelled { throw .cancelled }
      if isBetween, (place..<count).allSatisfy({ bytes[$0] == 0 }) { return content.finished() }
      if content.isFull, !content.grow() { throw .tooLarge(limit: GrowingBytes.limit >> 20) }
      var consumed = 0
      var produced = 0
      let input = bytes.extracting(place..<min(count, place + 1 << 22))
      // SAFETY: the function reads within the input and writes within the room, whose sizes it is given.
      let status = unsafe input.withUnsafeBufferPointer { input in
        unsafe rec_inflate(
          inflater, input.baseAddress, input.count, &consumed, content.end, min(content.room, 1 << 22), &produced)
      }
      place += consumed
      content.count += produced
      isBetween = false
      switch status {
      case rec_inflate_end: isBetween = true
      case rec_inflate_more: if consumed == 0, produced == 0, place == count { throw .truncated }
      case rec_inflate_no_memory: throw .noMemory
      default: throw .corrupt(at: place)
      }
      execution.report(Progress(label: "unpack", fraction: Double(place) / Double(max(1, count))))
    }
  }
}

/// Memory that grows by doubling; nobody holds a pointer into it from one call to the next.
@safe private struct GrowingBytes: ~Copyable {
  /// The same as for what is read from a pipe.
  static let limit = 1 << 33
  private var start: UnsafeMutableRawPointer
  private var capacity: Int
  var count = 0

  init(capacity: Int) {
    self.capacity = min(capacity, Self.limit)
    unsafe start = UnsafeMutableRawPointer.allocate(byteCount: self.capacity, alignment: 16)
  }

  deinit { unsafe start.deallocate() }

  var room: Int { capacity - count }
  var isFull: Bool { room == 0 }
  var end: UnsafeMutablePointer<UInt8> { unsafe (start + count).assumingMemoryBound(to: UInt8.self) }

  /// False where the limit is reached.
  mutating func grow() -> Bool {
    if capacity >= Self.limit { return false }
    let larger = min(2 * capacity, Self.limit)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
    unsafe memory.copyMemory(from: start, byteCount: count)
    unsafe start.deallocate()
    unsafe start = memory
    capacity = larger
    return true
  }

  consuming func finished() -> FileBytes {
    let (memory, count) = unsafe (start, self.count)
    discard self
    return unsafe FileBytes(owning: memory, count: count)
  }
}
