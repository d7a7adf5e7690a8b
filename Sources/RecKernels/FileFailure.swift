import CKernels

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a file could not be read or written.
package enum FileFailure: Error, Equatable, Sendable {
  case notFound
  case isDirectory
  case permissionDenied
  case noSpace
  /// The reader of a pipe has gone.
  case closedPipe
  /// Anything else, in the system's words.
  case other(String)

  init(_ error: Int32) {
    switch error {
    case ENOENT, ENOTDIR: self = .notFound
    case EISDIR: self = .isDirectory
    case EACCES, EPERM, EROFS: self = .permissionDenied
    case ENOSPC, EDQUOT, EFBIG: self = .noSpace
    case EPIPE: self = .closedPipe
    default: self = .other(Self.text(error))
    }
  }

  /// Throws unless the system call's result is 0, "no error".
  static func check(_ error: Int32) throws(FileFailure) {
    if error != 0 { throw FileFailure(error) }
  }

  private static func text(_ error: Int32) -> String {
    let capacity = 256
    // SAFETY: the C function writes at most `capacity` bytes and returns how many.
    return unsafe String(unsafeUninitializedCapacity: capacity) { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { text in
        Int(unsafe rec_error_text(error, text.baseAddress, capacity))
      }
    }
  }
}
