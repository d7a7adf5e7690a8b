import GRDB

/// Why a database cannot be read or written.
package enum SQLiteFailure: Error, Equatable, Sendable {
  /// No SQLite database, or a damaged one.
  case damaged
  /// Another program holds it.
  case locked
  /// The disk is full.
  case full
  case cancelled
  /// The statement is wrong, in SQLite's words.
  case statement(String)
  /// Anything else, in SQLite's words.
  case other(String)

  init(_ error: any Error) {
    switch error {
    case let failure as SQLiteFailure: self = failure
    case let error as DatabaseError:
      switch error.resultCode {
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .damaged
      case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
      case .SQLITE_FULL: self = .full
      case .SQLITE_INTERRUPT: self = .cancelled
      case .SQLITE_ERROR, .SQLITE_READONLY, .SQLITE_AUTH, .SQLITE_MISUSE:
        self = .statement(error.message ?? "it cannot be run")
      default: self = .other(error.message ?? "error \(error.resultCode.rawValue)")
      }
    default: self = .other("\(error)")
    }
  }
}
