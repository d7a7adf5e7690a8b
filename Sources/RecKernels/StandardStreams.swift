import CKernels

/// The three streams every process is given.
package enum StandardStream: Int32, Sendable {
  case input = 0
  case output = 1
  case error = 2

  /// Writes all the bytes, past any buffer; `closedPipe` where the reader has gone.
  package func write(_ bytes: Span<UInt8>) throws(FileFailure) {
    try FileFailure.check(writeAll(bytes, to: rawValue))
  }

  /// Writes the text as UTF-8, past any buffer; `closedPipe` where the reader has gone.
  package func write(_ text: String) throws(FileFailure) {
    try write(Array(text.utf8).span)
  }

  /// At most `count` bytes, as soon as some are there; none at the end of the stream.
  package func read(upTo count: Int = 65536) throws(FileFailure) -> [UInt8] {
    precondition(count > 0, "a read asks for at least one byte")
    var received = 0
    // SAFETY: the C function writes at most `count` bytes and returns how many.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      received = unsafe rec_read_some(rawValue, buffer.baseAddress, count)
      initializedCount = max(0, received)
    }
    if received < 0 { throw FileFailure(Int32(-received)) }
    return bytes
  }

  /// Whether the stream is a terminal.
  package var isTerminal: Bool { RecKernels.isTerminal(rawValue) }
}
