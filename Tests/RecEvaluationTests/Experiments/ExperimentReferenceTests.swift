import RecEvaluation
import Testing

/// Values from SciPy, statsmodels and GrowthBook's statistics: Reference/experiments.py.
struct ExperimentReferenceTests {
  static let cases = Result { try ReferenceFile.lines("experiments.tsv").map(Case.init) }

  struct Case: Sendable {
    let test: String
    let inputs: [[Double]]
    let outputs: [Double]

    init(_ line: [String]) {
      test = line[0]
      inputs = line[1].split(separator: ";").map { $0.split(separator: ",").compactMap { Double($0) } }
      outputs = line[2].split(separator: ",").compactMap { Double($0) }
    }

    /// Input `place` as the whole number that it is.
    func count(_ place: Int) -> Int { Int(inputs[place][0]) }
    func number(_ place: Int) -> Double { inputs[place][0] }
    func moments(_ place: Int) -> SampleMoments {
      SampleMoments(count: Int(inputs[place][0]), mean: inputs[place][1], variance: inputs[place][2])
    }

    private func lift(_ difference: Double, _ low: Double) -> [Double] {
      let (control, treatment) = (moments(0), moments(1))
      let lift = Lift(
        difference: difference, low: low, control: control, treatment: treatment, means: (control.mean, treatment.mean))
      return [lift.value, lift.low, lift.high]
    }

    /// What we make of the inputs.
    var ours: [Double] {
      switch test {
      case "size":
        return [SamplePlan(rate: number(0), target: number(1), alpha: number(3)).usersPerArm(power: number(2))]
      case "power":
        return [SamplePlan(rate: number(0), target: number(1), alpha: number(3)).power(usersPerArm: number(2))]
      case "proportions":
        let test = ProportionTest(control: (count(0), count(1)), treatment: (count(2), count(3)))
        return [test.difference, test.z, test.p, test.low, test.high]
      case "wilson":
        let interval = ProportionTest.wilson(successes: count(0), of: count(1))
        return [interval.low, interval.high]
      case "ratio":
        let test = SampleRatioTest(counts: inputs[0].map { Int($0) }, shares: inputs[1])
        return [test.statistic, test.p]
      case "welch":
        let test = WelchTest(control: SampleMoments(inputs[0]), treatment: SampleMoments(inputs[1]))
        return [test.difference, test.t, test.degrees, test.p, test.low, test.high]
      case "delta":
        let ratio = LinearizedRatio(numerators: inputs[0], denominators: inputs[1])
        return [ratio.ratio, ratio.moments.meanVariance.squareRoot()]
      case "cuped":
        let adjusted = CovariateAdjustment([(inputs[0], inputs[1]), (inputs[2], inputs[3])])
        return [SampleMoments(adjusted.arms[1]).mean - SampleMoments(adjusted.arms[0]).mean, adjusted.theta]
      case "sequential":
        let test = SequentialTest(control: moments(0), treatment: moments(1), tuning: count(2))
        return [test.difference, test.p, test.low, test.high]
      case "lift":
        let test = WelchTest(control: moments(0), treatment: moments(1))
        return lift(test.difference, test.low)
      case "lift-sequential":
        let test = SequentialTest(control: moments(0), treatment: moments(1))
        return lift(test.difference, test.low)
      case "lift-share":
        let lift = Lift.share(control: (count(0), count(1)), treatment: (count(2), count(3)))
        return [lift.value, lift.low, lift.high]
      case "holm": return MultipleComparisons.holm.adjusted(inputs[0])
      case "bh": return MultipleComparisons.benjaminiHochberg.adjusted(inputs[0])
      case "sign": return [BinomialTest.sign(count(0), count(1))]
      default: return []
      }
    }
  }

  @Test func `every test gives what SciPy, statsmodels or GrowthBook gives`() throws {
    let cases = try Self.cases.get()
    #expect(cases.count == 72)
    for reference in cases {
      let ours = reference.ours
      try #require(ours.count == reference.outputs.count, "\(reference.test)")
      for (value, expected) in zip(ours, reference.outputs) {
        // gbstats takes the variance from a sum of squares, which loses some digits.
        let accuracy = reference.test == "sequential" || reference.test.hasPrefix("lift") ? 1e-7 : 1e-10
        #expect(
          abs(value - expected) <= accuracy * max(1e-6, abs(expected)),
          "\(reference.test) of \(reference.inputs): \(value), not \(expected)")
      }
    }
  }
}
