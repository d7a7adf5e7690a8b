import CKernels

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file open for writing: either a temporary one that will replace its target, or a log that is appended to.
///
/// Not copyable: it owns a descriptor. A temporary file that was not moved into place is removed when this ends.
package struct OutputFile: ~Copyable {
  /// Negative once closed.
  private var descriptor: Int32
  /// The temporary file's own path, nil for a log.
  package let temporaryPath: String?

  private init(descriptor: Int32, temporaryPath: String?) {
    self.descriptor = descriptor
    self.temporaryPath = temporaryPath
  }

  /// Creates a new file in the target's directory, with the target's permissions where it exists.
  package static func temporary(beside target: String) throws(FileFailure) -> OutputFile {
    // SAFETY: a string passed to C is a zero-terminated copy that lasts for the call.
    let permissions = unsafe rec_permissions(target)
    let process = getpid()
    for attempt in 0..<1000 {
      let path = "\(target).\(process)-\(attempt).tmp"
      // SAFETY: a string passed to C is a zero-terminated copy that lasts for the call.
      let descriptor = unsafe rec_create_exclusive(path, 0o666)
      if descriptor == -EEXIST { continue }
      if descriptor < 0 { throw FileFailure(-descriptor) }
      if permissions >= 0 { _ = rec_set_permissions(descriptor, UInt32(permissions)) }
      return OutputFile(descriptor: descriptor, temporaryPath: path)
    }
    throw FileFailure(EEXIST)
  }

  /// Opens a log for appending, creating it where it is missing; each `write` lands at the end in one piece.
  ///
  /// A log that is created `forOwnerOnly` can be read and written by nobody else.
  package static func appending(to path: String, forOwnerOnly: Bool = false) throws(FileFailure) -> OutputFile {
    // SAFETY: a string passed to C is a zero-terminated copy that lasts for the call.
    let descriptor = unsafe rec_open_append(path, forOwnerOnly ? 0o600 : 0o666)
    if descriptor < 0 { throw FileFailure(-descriptor) }
    return OutputFile(descriptor: descriptor, temporaryPath: nil)
  }

  /// Writes all the bytes.
  package func write(_ bytes: Span<UInt8>) throws(FileFailure) {
    try FileFailure.check(writeAll(bytes, to: descriptor))
  }

  /// Writes all the bytes.
  package func write(_ bytes: RawSpan) throws(FileFailure) {
    try FileFailure.check(writeAll(bytes, to: descriptor))
  }

  /// Writes all the bytes.
  package func write(_ bytes: [UInt8]) throws(FileFailure) {
    try write(bytes.span)
  }

  /// Writes the text as UTF-8.
  package func write(_ text: String) throws(FileFailure) {
    try write(Array(text.utf8))
  }

  /// Returns when what was written is on the disk.
  package func synchronize() throws(FileFailure) {
    try FileFailure.check(rec_synchronize(descriptor))
  }

  /// Closes a log.
  package consuming func close() throws(FileFailure) {
    precondition(temporaryPath == nil, "a temporary file is moved into place, not closed")
    let descriptor = self.descriptor
    self.descriptor = -1
    try FileFailure.check(rec_close(descriptor))
  }

  /// Synchronizes, closes and moves the temporary file to `target`: afterwards it is there in full, or not at all.
  package consuming func replace(_ target: String) throws(FileFailure) {
    guard let temporaryPath else { preconditionFailure("only a temporary file replaces its target") }
    let descriptor = self.descriptor
    self.descriptor = -1
    var error = rec_synchronize(descriptor)
    let closing = rec_close(descriptor)
    if error == 0 { error = closing }
    // SAFETY: a string passed to C is a zero-terminated copy that lasts for the call.
    if error == 0 { error = unsafe rec_rename(temporaryPath, target) }
    if error != 0 {
      // SAFETY: a string passed to C is a zero-terminated copy that lasts for the call.
      _ = unsafe rec_unlink(temporaryPath)
      throw FileFailure(error)
    }
    // The contents are safe by now; a directory that cannot be synchronized is no failure of the write.
    // SAFETY: a string passed to C is a zero-terminated copy that lasts for the call.
    _ = unsafe rec_synchronize_directory(Self.directory(of: target))
  }

  deinit {
    if descriptor < 0 { return }
    _ = rec_close(descriptor)
    // SAFETY: a string passed to C is a zero-terminated copy that lasts for the call.
    if let temporaryPath { _ = unsafe rec_unlink(temporaryPath) }
  }

  private static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// Writes all bytes to a descriptor; 0 or an error number.
func writeAll(_ bytes: Span<UInt8>, to descriptor: Int32) -> Int32 { writeAll(bytes.memory, to: descriptor) }

/// Writes all bytes to a descriptor; 0 or an error number.
func writeAll(_ bytes: RawSpan, to descriptor: Int32) -> Int32 {
  // SAFETY: the pointer is used only during the call, with the count that belongs to it.
  unsafe bytes.withUnsafeBytes { buffer in unsafe rec_write_all(descriptor, buffer.baseAddress, buffer.count) }
}
