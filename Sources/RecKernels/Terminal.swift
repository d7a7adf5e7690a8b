import CKernels

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether the descriptor is a terminal.
package func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

/// The size of the terminal behind a descriptor, in characters; nil where there is none or it does not know.
package func terminalSize(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
  var columns: Int32 = 0
  var rows: Int32 = 0
  // SAFETY: the C function writes one number to each address during the call.
  guard unsafe rec_terminal_size(descriptor, &columns, &rows) == 0, columns > 0, rows > 0 else { return nil }
  return (Int(columns), Int(rows))
}

/// The value of an environment variable.
package func environment(_ name: String) -> String? {
  // SAFETY: the C string is copied at once, and this process does not change its environment.
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
