/// Runs tasks wherever a function takes them, such as on the thread of an event loop.
package final class FunctionExecutor: TaskExecutor {
  private let start: @Sendable (@escaping @Sendable () -> Void) -> Void

  /// - Parameter start: Runs what it is given once, later, on a thread of its choice.
  package init(_ start: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void) { self.start = start }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    // SAFETY: the job lives until it has run, which it does once, and the closure keeps the executor.
    start { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
