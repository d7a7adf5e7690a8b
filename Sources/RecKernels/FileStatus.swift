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
