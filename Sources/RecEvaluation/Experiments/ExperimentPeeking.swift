package import RecData

/// What somebody sees who looks at a test again and again while users come.
package struct ExperimentLook: Sendable, Equatable {
  /// Users so far, both arms together.
  package let users: Int
  package let difference: Double
  /// The interval of a test that is looked at once.
  package let low: Double
  package let high: Double
  package let p: Double
  /// The interval of a test that may be looked at always; infinite while there are too few users.
  package let sequentialLow: Double
  package let sequentialHigh: Double
  package let sequentialP: Double
}

extension ExperimentUsers {
  /// The looks after equal numbers of users, in the order in which they came, each with all that it did.
  ///
  /// - Parameters:
  ///   - arm: The arm that is compared with the control.
  ///   - count: How many looks; fewer where there are not as many users.
  package func looks(
    by metric: ExperimentMetric, arm: Int, control: Int, count: Int, alpha: Double, tuning: Int
  ) -> [ExperimentLook] {
    let compared = self.arm.indices.filter { self.arm[$0] == Int32(arm) || self.arm[$0] == Int32(control) }
    let isTreated = compared.map { self.arm[$0] == Int32(arm) }
    let sums = metric.sums(of: compared, in: self)
    return (1...max(1, count)).compactMap { look in
      let end = compared.count * look / max(1, count)
      func moments(_ wanted: Bool) -> SampleMoments {
        let rows = (0..<end).filter { isTreated[$0] == wanted }
        let numerators = rows.map { sums.numerators[$0] }
        return LinearizedRatio(numerators: numerators, denominators: rows.map { sums.denominators[$0] }).moments
      }
      let (first, second) = (moments(false), moments(true))
      guard first.isTestable, second.isTestable else { return nil }
      let test = WelchTest(control: first, treatment: second, alpha: alpha)
      let sequential = SequentialTest(control: first, treatment: second, alpha: alpha, tuning: tuning)
      return ExperimentLook(
        users: end, difference: test.difference, low: test.low, high: test.high, p: test.p,
        sequentialLow: sequential.low, sequentialHigh: sequential.high, sequentialP: sequential.p)
    }
  }
}
