import RecEvaluation
import Testing

/// Values from SciPy: Reference/distributions.py.
struct DistributionTests {
  @Test func `distribution functions are those of SciPy to the accuracy they state`() throws {
    let lines = try ReferenceFile.lines("distributions.tsv")
    #expect(lines.count > 400)
    for line in lines {
      let arguments = line[1].split(separator: ",").compactMap { Double($0) }
      let expected = try #require(Double(line[2]))
      let (value, accuracy): (Double, Double) =
        switch line[0] {
        case "normal-cdf": (NormalDistribution.cdf(arguments[0]), 1e-13)
        case "normal-quantile": (NormalDistribution.quantile(arguments[0]), 4e-15)
        case "student-two-sided": (StudentDistribution.twoSided(arguments[0], degrees: arguments[1]), 1e-10)
        case "student-critical": (StudentDistribution.criticalValue(alpha: arguments[0], degrees: arguments[1]), 1e-10)
        case "chi-squared-survival": (ChiSquaredDistribution.survival(arguments[0], degrees: arguments[1]), 1e-11)
        case "beta": (IncompleteBeta.regularized(arguments[0], arguments[1], arguments[2]), 1e-9)
        case "gamma-upper": (IncompleteGamma.upper(arguments[0], arguments[1]), 1e-10)
        case "gamma-lower": (IncompleteGamma.lower(arguments[0], arguments[1]), 1e-10)
        default: (.nan, 0)
        }
      #expect(
        abs(value - expected) <= accuracy * abs(expected), "\(line[0])(\(line[1])) is \(value), not \(expected)")
    }
  }

  @Test func `what lies outside of a distribution has a limit or is undefined`() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(1.5).isNaN)
    #expect(StudentDistribution.twoSided(.infinity, degrees: 3) == 0)
    #expect(StudentDistribution.twoSided(1e200, degrees: 3) == 0)
    #expect(StudentDistribution.twoSided(.nan, degrees: 3).isNaN)
    #expect(ChiSquaredDistribution.survival(-1, degrees: 2) == 1)
    #expect(IncompleteBeta.regularized(0, 2, 3) == 0)
    #expect(IncompleteBeta.regularized(1, 2, 3) == 1)
  }

  @Test func `the two tails of a distribution sum to one`() {
    for t in [-3.0, -0.4, 0, 1.2, 8] {
      #expect(abs(StudentDistribution.cdf(t, degrees: 7) + StudentDistribution.survival(t, degrees: 7) - 1) < 1e-15)
      #expect(abs(NormalDistribution.cdf(t) + NormalDistribution.survival(t) - 1) < 1e-15)
    }
  }
}
