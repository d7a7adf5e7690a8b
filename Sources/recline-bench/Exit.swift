#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ends the program with an exit status: 0 for done, 2 for "wrongly called".
func endProgram(status: Int32) -> Never { exit(status) }
