/// How a script or a statement ended; its errors were told as outputs already.
package enum Outcome: Sendable, Equatable {
  case done
  /// `quit` was said.
  case quit
  /// Errors in the script or its data.
  case failed([Diagnostic])
  /// A comparison after `expect` that is false: 1 in `run`, 3 in `check`, which goes on.
  case unmet(Diagnostic)
  /// The work was asked to stop.
  case interrupted
}
