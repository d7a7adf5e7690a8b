import RecKernels

/// A file that is written whole or not at all: beside its target, synced, then renamed.
///
/// The permissions of a file that is replaced are kept. What was there stays as it is until `finish`; without it the
/// new file is removed. Not copyable: it owns the temporary file.
package struct AtomicFile: ~Copyable {
  private let output: OutputFile
  private let path: String
  private var buffer: [UInt8] = []
  private static let capacity = 1 << 18

  /// - Throws: `DataError.isFolder`, `DataError.notWritable`.
  package init(replacing path: String) throws(DataError) {
    output = try Self.open(path)
    self.path = path
    buffer.reserveCapacity(Self.capacity)
  }

  private static func open(_ path: String) throws(DataError) -> OutputFile {
    if fileKind(path) == .directory { throw .isFolder(path: path) }
    do {
      return try OutputFile.temporary(beside: path)
    } catch {
      throw Self.error(error, path)
    }
  }

  /// Where the new file is until it is moved into place, for a library that writes it by its path.
  package var temporaryPath: String { output.temporaryPath ?? path }

  /// Adds bytes at the end; they are written when a good many have come together.
  package mutating func write(_ bytes: some Sequence<UInt8>) throws(DataError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Adds the memory of numbers at the end, not copied.
  package mutating func write(_ bytes: RawSpan) throws(DataError) {
    try flush()
    do {
      try output.write(bytes)
    } catch {
      throw Self.error(error, path)
    }
  }

  package mutating func write(_ text: String) throws(DataError) { try write(text.utf8) }

  /// Moves the file into place, synced.
  package consuming func finish() throws(DataError) {
    try flush()
    let path = path
    do {
      try output.replace(path)
    } catch {
      throw Self.error(error, path)
    }
  }

  private mutating func flush() throws(DataError) {
    do {
      try output.write(buffer)
    } catch {
      throw Self.error(error, path)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  static func error(_ failure: FileFailure, _ path: String) -> DataError {
    switch failure {
    case .notFound: .notWritable(path: path, reason: "no such folder")
    case .isDirectory: .isFolder(path: path)
    case .permissionDenied: .notWritable(path: path, reason: "permission denied")
    case .noSpace: .notWritable(path: path, reason: "no space left")
    case .closedPipe: .notWritable(path: path, reason: "closed pipe")
    case .other(let reason): .notWritable(path: path, reason: reason)
    }
  }
}
