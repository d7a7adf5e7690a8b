/// How far some long work has come.
package struct Progress: Sendable, Equatable {
  /// What is being done, for example `svd`.
  package let label: String
  /// The share that is done, from 0 to 1, where it can be told.
  package let fraction: Double?
  /// The objective's present value, where there is one.
  package let loss: Double?
  /// How much there is to do in all, for the rate.
  package let total: Amount?

  /// So many of something that people count, such as 20 epochs.
  package struct Amount: Sendable, Equatable {
    package let count: Double
    /// In the singular, such as `epoch`.
    package let unit: String

    package init(_ count: Int, _ unit: String) {
      self.count = Double(count)
      self.unit = unit
    }
  }

  package init(label: String, fraction: Double? = nil, loss: Double? = nil, of total: Amount? = nil) {
    self.label = label
    self.fraction = fraction
    self.loss = loss
    self.total = total
  }
}

/// What long work needs from its surroundings: threads, a way to be stopped, and somewhere to report to.
package struct Execution: Sendable {
  package let workers: Workers
  package let cancellation: Cancellation
  package let report: @Sendable (Progress) -> Void

  package init(
    workers: Workers, cancellation: Cancellation = Cancellation(),
    report: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.workers = workers
    self.cancellation = cancellation
    self.report = report
  }

  /// Runs on its own threads, is never cancelled and reports nothing.
  package init(threadCount: Int = Workers.coreCount) {
    self.init(workers: Workers(threadCount: threadCount))
  }

  /// Throws if the work was asked to stop; long loops call it at least every 50 ms.
  package func checkpoint() throws(Cancelled) {
    if cancellation.isCancelled { throw Cancelled() }
  }
}
