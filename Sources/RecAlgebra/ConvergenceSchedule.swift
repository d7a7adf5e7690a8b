import RecKernels

/// When to test for convergence: a test costs a dense eigenproblem, so its time is predicted from the tests before.
struct ConvergenceSchedule {
  private let tolerance: Double
  private var nextCount: Int
  private var last: (count: Int, error: Double)?

  init(firstCount: Int, tolerance: Double) {
    nextCount = firstCount
    self.tolerance = tolerance
  }

  /// Whether a basis of this size should be tested.
  func isDue(at count: Int) -> Bool { count >= nextCount }

  /// Notes a test's result; the error falls by about the same factor with each step.
  mutating func record(_ error: Double, at count: Int, step: Int) {
    var rate = 0.5
    if let last, error < last.error, count > last.count {
      let steps = Double(count - last.count) / Double(step)
      rate = max(0.2, RealFunctions.log(last.error / error) / steps)
    }
    let missing = RealFunctions.log(error / tolerance) / rate
    nextCount = count + step * max(1, min(6, Int(missing.rounded(.up))))
    last = (count, error)
  }

  /// After a restart the error no longer depends on the count as it did.
  mutating func restart(at count: Int) {
    nextCount = count + (nextCount - (last?.count ?? count))
    last = nil
  }

  /// The share of the work that is done, as far as can be told.
  func fraction(at count: Int) -> Double { min(0.95, Double(count) / Double(max(1, nextCount))) }
}
