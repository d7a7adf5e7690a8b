import CKernels

/// What stands at a path, symbolic links followed.
package enum FileKind: Sendable, Equatable {
  case file
  case directory
  case missing
  /// It is there, or may be there, but this user may not read it.
  case unreadable
}

/// What stands at a path, symbolic links followed.
package func fileKind(_ path: String) -> FileKind {
  // SAFETY: a string passed to C is a zero-terminated copy that lasts for the call.
  switch unsafe rec_kind_of_file(path) {
  case rec_kind_file: .file
  case rec_kind_directory: .directory
  case rec_kind_unreadable: .unreadable
  default: .missing
  }
}

/// When a file's contents last changed, since 1970-01-01T00:00:00Z; nil where there is no such file.
package func modificationTime(_ path: String) -> Duration? {
  var seconds: Int64 = 0
  var nanoseconds: Int64 = 0
  // SAFETY: the C function writes one number to each address during the call, and the path is a copy that lasts for it.
  guard unsafe rec_modification_time(path, &seconds, &nanoseconds) == 0 else { return nil }
  return .seconds(seconds) + .nanoseconds(nanoseconds)
}
