#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ends the program with status 2, "wrongly called".
func exitWithFailure() -> Never { exit(2) }
