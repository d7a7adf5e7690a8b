import NIOPosix
import Synchronization

/// A line for each answer in the Common Log Format, `ADDRESS - - [TIME] "METHOD PATH VERSION" STATUS BYTES`.
///
/// Lines are written by a thread of its own; where nobody reads them, those that do not fit are dropped and counted. A class
/// because all requests share it.
package final class AccessLog: Sendable {
  private struct State {
    var waiting: [UInt8] = []
    var dropped = 0
    var isWriting = false
  }

  private let state = Mutex(State())
  private let pool = NIOThreadPool(numberOfThreads: 1)
  private let write: @Sendable ([UInt8]) -> Void
  /// Bytes that may wait.
  private static let capacity = 4 << 20

  /// - Parameter write: Takes whole lines, one call at a time.
  package init(_ write: @escaping @Sendable ([UInt8]) -> Void) {
    self.write = write
    pool.start()
  }

  func add(address: String, method: String, path: String, status: Int, size: Int, time: String) {
    var line = Array("\(address) - - [\(time)] \"\(method) ".utf8)
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x00..<0x20, 0x7F...0xFF:
        let digits = String(byte, radix: 16)
        line += "\\x\(digits.count < 2 ? "0" : "")\(digits)".utf8
      default: line.append(byte)
      }
    }
    line += " HTTP/1.1\" \(status) \(size)\n".utf8
    let needsThread = state.withLock { state in
      guard state.waiting.count + line.count <= Self.capacity else {
        state.dropped += 1
        return false
      }
      state.waiting += line
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if needsThread { pool.submit { [self] _ in while writeWaiting() {} } }
  }

  /// Writes what waits; false where nothing does.
  private func writeWaiting() -> Bool {
    let lines = state.withLock { state -> [UInt8] in
      var lines: [UInt8] = []
      swap(&lines, &state.waiting)
      if state.dropped > 0 {
        lines += "# \(state.dropped) lines are missing here: they came faster than they were read\n".utf8
        state.dropped = 0
      }
      if lines.isEmpty { state.isWriting = false }
      return lines
    }
    if lines.isEmpty { return false }
    write(lines)
    return true
  }

  /// Writes what waits, and ends the thread; where nobody reads, it is left behind after a second.
  func close() async throws {
    let end = ContinuousClock.now + .seconds(1)
    while state.withLock(\.isWriting) {
      if ContinuousClock.now > end { return }
      try await Task.sleep(for: .milliseconds(5))
    }
    try await pool.shutdownGracefully()
  }
}
