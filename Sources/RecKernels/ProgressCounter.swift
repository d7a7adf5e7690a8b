import Synchronization

/// Adds up what several threads have done and reports the share of it.
///
/// A class because the threads share the count.
package final class ProgressCounter: Sendable {
  private let label: String
  private let total: Int
  private let report: @Sendable (Progress) -> Void
  private let done = Atomic<Int>(0)

  package init(label: String, total: Int, _ execution: Execution) {
    self.label = label
    self.total = max(1, total)
    report = execution.report
  }

  package func add(_ count: Int) {
    let sum = done.wrappingAdd(count, ordering: .relaxed).newValue
    report(Progress(label: label, fraction: Double(sum) / Double(total)))
  }
}
