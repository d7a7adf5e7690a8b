#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The bytes of a file, read only: mapped where it is a regular file, else held in memory.
///
/// A class because it owns a mapping; every holder sees the same bytes.
@safe package final class FileBytes: @unchecked Sendable {
  /// `count` bytes that never change: a mapping of the whole file, or memory of our own.
  private let start: UnsafeMutableRawPointer
  private let isMapped: Bool
  package let count: Int

  /// Bytes that are in memory already.
  package init(_ bytes: [UInt8]) {
    count = bytes.count
    isMapped = false
    // SAFETY: memory for all the bytes, written here only and freed by `deinit`.
    unsafe start = UnsafeMutableRawPointer.allocate(byteCount: max(1, count), alignment: 16)
    unsafe start.copyMemory(from: Array(bytes), byteCount: count)
  }

  /// Opens and maps a file; what cannot be mapped, such as a pipe, is read to its end.
  package convenience init(contentsOf path: String) throws(FileFailure) {
    // SAFETY: a string passed to C is a zero-terminated copy that lasts for the call.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw FileFailure(errno) }
    defer { close(descriptor) }
    var status = stat()
    // SAFETY: the C function fills the structure during the call.
    if unsafe fstat(descriptor, &status) != 0 { throw FileFailure(errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileFailure.isDirectory }
    let size = Int(status.st_size)
    if status.st_mode & S_IFMT == S_IFREG, size > 0 {
      // SAFETY: a private read-only mapping of `size` bytes, which only `deinit` takes away.
      let address = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
      if let address = unsafe address, unsafe address != MAP_FAILED {
        unsafe self.init(mapping: address, count: size)
        return
      }
    }
    // A device such as /dev/zero never ends.
    let isDevice = status.st_mode & S_IFMT == S_IFCHR
    try self.init(Self.readAll(descriptor, limit: isDevice ? 1 << 26 : 1 << 33))
  }

  /// Bytes that stand in several arrays, one behind the other.
  package init(joining parts: [[UInt8]]) {
    count = parts.reduce(0) { $0 + $1.count }
    isMapped = false
    // SAFETY: memory for all the parts, written here only and freed by `deinit`.
    unsafe start = UnsafeMutableRawPointer.allocate(byteCount: max(1, count), alignment: 16)
    var place = 0
    for part in parts {
      unsafe part.withUnsafeBytes { bytes in
        if let source = bytes.baseAddress { unsafe (start + place).copyMemory(from: source, byteCount: bytes.count) }
      }
      place += part.count
    }
  }

  /// Takes over memory that was allocated by `UnsafeMutableRawPointer.allocate`.
  @unsafe init(owning memory: UnsafeMutableRawPointer, count: Int) {
    unsafe start = memory
    isMapped = false
    self.count = count
  }

  private init(mapping: UnsafeMutableRawPointer, count: Int) {
    unsafe madvise(mapping, count, MADV_SEQUENTIAL)
    unsafe start = mapping
    isMapped = true
    self.count = count
  }

  deinit {
    // SAFETY: `init` mapped or allocated this memory, and nobody can hold a span of it any more.
    if isMapped { unsafe munmap(start, count) } else { unsafe start.deallocate() }
  }

  /// All the bytes.
  package var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      // SAFETY: there are `count` bytes, which live as long as this object, to which the span is bound.
      let span = unsafe Span<UInt8>(_unsafeStart: start.assumingMemoryBound(to: UInt8.self), count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// A copy of some of the bytes.
  package subscript(range: Range<Int>) -> [UInt8] {
    let part = bytes.extracting(range)
    // SAFETY: exactly `part.count` elements are initialised, within the capacity.
    return unsafe [UInt8](unsafeUninitializedCapacity: part.count) { buffer, initializedCount in
      for place in 0..<part.count { unsafe buffer.initializeElement(at: place, to: part[place]) }
      initializedCount = part.count
    }
  }

  /// The text of some of the bytes; what is not UTF-8 becomes U+FFFD.
  package func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }

  private static func readAll(_ descriptor: Int32, limit: Int) throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let capacity = block.count
      // SAFETY: at most `capacity` bytes are written into the block.
      let received = unsafe block.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress, capacity)
      }
      if received < 0 {
        if errno == EINTR { continue }
        throw FileFailure(errno)
      }
      if received == 0 { return bytes }
      if bytes.count > limit - received { throw FileFailure.other("it does not end within \(limit >> 20) MB") }
      bytes.append(contentsOf: block[..<received])
    }
  }
}
