import CKernels

/// A request to stop long work, which any thread or a signal handler may make.
///
/// A class because its identity is the point: whoever holds it sees the same flag.
@safe package final class Cancellation: @unchecked Sendable {
  /// An atomic cell outside Swift's memory, so that a signal handler can set it.
  let flag: OpaquePointer

  package init() {
    guard let created = unsafe rec_flag_create() else { preconditionFailure("out of memory") }
    unsafe flag = created
  }

  deinit {
    // SAFETY: the flag was created by `init` and nobody else frees it; `Interrupts` keeps what it installs alive.
    unsafe rec_flag_free(flag)
  }

  /// Asks the work to stop.
  package func cancel() {
    // SAFETY: the flag lives as long as this object.
    unsafe rec_flag_set(flag, 1)
  }

  /// Takes the request back, before new work starts.
  package func reset() {
    // SAFETY: the flag lives as long as this object.
    unsafe rec_flag_set(flag, 0)
  }

  /// Whether the work was asked to stop.
  package var isCancelled: Bool {
    // SAFETY: the flag lives as long as this object.
    unsafe rec_flag_get(flag) != 0
  }
}

/// Work stopped because its `Cancellation` asked for it.
package struct Cancelled: Error, Equatable {
  package init() {}
}
