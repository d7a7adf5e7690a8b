#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A text file that only grows, line by line, also when several programs append to it at once.
///
/// Each line is one write at the end of the file, on disk when `append` returns: a program that is killed loses no line,
/// and none is mixed with another's. The file is created readable by its owner alone.
package struct AppendOnlyFile: ~Copyable {
  /// The file could not be opened or written; the number is the system's `errno`.
  package struct Failure: Error, Equatable {
    package let code: Int32
    /// The system's words for it, such as `Permission denied`.
    package var reason: String {
      // SAFETY: strerror returns a terminated string, copied before any other call could replace it.
      unsafe String(cString: strerror(code))
    }
  }

  private let descriptor: Int32

  /// Opens the file, or creates it; its folder has to exist.
  package init(path: String) throws(Failure) {
    // SAFETY: the path is a terminated string for the length of the call.
    descriptor = unsafe open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor < 0 { throw Failure(code: errno) }
  }

  deinit {
    close(descriptor)
  }

  /// Appends a line, which must hold no line's end, and waits until it is on disk.
  package func append(line: String) throws(Failure) {
    precondition(!line.utf8.contains(UInt8(ascii: "\n")), "a line holds no line's end")
    var bytes = Array((line + "\n").utf8)
    if endsInsideLine { bytes.insert(UInt8(ascii: "\n"), at: 0) }
    var written = 0
    while written < bytes.count {
      // SAFETY: the buffer holds `bytes.count` bytes, and `written` is below that.
      let count = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress! + written, $0.count - written) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw Failure(code: errno) }
      written += count
    }
    fsync(descriptor)
  }

  /// Whether the last byte is no line's end, because a writer was killed half-way.
  private var endsInsideLine: Bool {
    let size = lseek(descriptor, 0, SEEK_END)
    if size <= 0 { return false }
    var last: UInt8 = 0
    // SAFETY: one byte is read into one byte.
    return unsafe pread(descriptor, &last, 1, size - 1) == 1 && last != UInt8(ascii: "\n")
  }
}
