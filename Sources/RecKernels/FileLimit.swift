import CKernels

/// Lets the process open as many files and sockets as it may at all; how many that is.
package func raiseFileLimit() -> Int { Int(rec_raise_file_limit()) }
