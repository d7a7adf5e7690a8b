import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Execution {
  /// Runs work that cannot be interrupted, such as one large LAPACK call, on a thread of its own.
  ///
  /// Throws as soon as the execution is cancelled; the thread then finishes alone and its result is dropped. Costs up to a
  /// millisecond more than a plain call, so it is for work of tens of milliseconds or more.
  package func abandonable<Result: Sendable>(
    _ work: @escaping @Sendable () -> Result
  ) throws(Cancelled) -> Result {
    let outcome = Outcome<Result>()
    let isRunning = DetachedThread.start {
      let value = work()
      outcome.result.withLock { $0 = value }
    }
    guard isRunning else { return work() }
    while true {
      if let result = outcome.result.withLock({ $0 }) { return result }
      try checkpoint()
      usleep(1000)
    }
  }
}

/// The result of work on another thread, once it is there.
///
/// A class because both threads hold it, and the later one frees it.
private final class Outcome<Result: Sendable>: Sendable {
  let result = Mutex<Result?>(nil)
}
