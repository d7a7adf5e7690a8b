import RecAlgebra
import RecEvaluation
import Testing

/// What the tests promise over many repetitions with a fixed seed: errors as rare as they say, intervals that hold.
struct ExperimentSimulationTests {
  static let seed: UInt64 = 20_251
  static let purpose = CounterRandom.Purpose("experiment tests")

  static func uniform(_ run: Int, _ user: Int, _ draw: Int = 0) -> Double {
    CounterRandom.uniform(seed: seed, purpose: purpose, UInt64(run), UInt64(user), UInt64(draw))
  }

  static func normal(_ run: Int, _ user: Int, _ draw: Int = 0) -> Double {
    CounterRandom.normal(seed: seed, purpose: purpose, UInt64(run), UInt64(user), UInt64(draw))
  }

  /// Whether a count of `runs` is one that a chance of `share` gives, within 3.3 standard deviations.
  static func isPlausible(_ count: Int, of runs: Int, share: Double) -> Bool {
    let n = Double(runs)
    return abs(Double(count) - n * share) <= 3.3 * (n * share * (1 - share)).squareRoot()
  }

  @Test func `shares that do not differ are found to differ one time in twenty`() {
    let runs = 800
    var (found, missed) = (0, 0)
    for run in 0..<runs {
      let counts = [0, 1].map { arm in (0..<400).count { Self.uniform(run, $0, arm) < 0.2 } }
      let test = ProportionTest(control: (counts[0], 400), treatment: (counts[1], 400))
      if test.p < 0.05 { found += 1 }
      if test.low > 0 || test.high < 0 { missed += 1 }
    }
    #expect(Self.isPlausible(found, of: runs, share: 0.05), "\(found)")
    #expect(Self.isPlausible(missed, of: runs, share: 0.05), "\(missed)")
  }

  @Test func `intervals of ratios hold the truth nineteen times in twenty, and those of impressions do not`() {
    let (runs, users) = (400, 250)
    var (delta, naive) = (0, 0)
    for run in 0..<runs {
      var arms: [LinearizedRatio] = []
      var totals: [(Int, Int)] = []
      for arm in 0..<2 {
        var (clicks, shown) = ([Double](), [Double]())
        for user in 0..<users {
          // Some users click much, and who clicks more comes more often.
          let taste = Self.uniform(run, user, 10 + arm)
          let impressions = 2 + Int(10 * taste)
          let own = (0..<impressions).count { Self.uniform(run, user, 100 * (arm + 1) + $0) < taste * taste / 2 }
          clicks.append(Double(own))
          shown.append(Double(impressions))
        }
        arms.append(LinearizedRatio(numerators: clicks, denominators: shown))
        totals.append((Int(clicks.reduce(0, +)), Int(shown.reduce(0, +))))
      }
      if WelchTest(control: arms[0].moments, treatment: arms[1].moments).p < 0.05 { delta += 1 }
      if ProportionTest(control: totals[0], treatment: totals[1]).p < 0.05 { naive += 1 }
    }
    #expect(Self.isPlausible(delta, of: runs, share: 0.05), "\(delta)")
    #expect(Double(naive) / Double(runs) > 0.1, "\(naive)")
  }

  @Test func `a covariate from before makes the interval shorter and keeps its promise`() {
    let (runs, users) = (400, 120)
    var found = 0
    var reduction = 0.0
    for run in 0..<runs {
      let arms = (0..<2).map { arm -> (values: [Double], covariates: [Double]) in
        let before = (0..<users).map { Self.normal(run, $0, 2 * arm) }
        return (before.enumerated().map { 0.9 * $1 + 0.5 * Self.normal(run, $0, 2 * arm + 1) }, before)
      }
      let adjusted = CovariateAdjustment(arms)
      reduction += adjusted.reduction / Double(runs)
      let moments = adjusted.arms.map { SampleMoments($0) }
      if WelchTest(control: moments[0], treatment: moments[1]).p < 0.05 { found += 1 }
    }
    #expect(Self.isPlausible(found, of: runs, share: 0.05), "\(found)")
    // 0.81 / (0.81 + 0.25) of the variance is known before.
    #expect(abs(reduction - 0.764) < 0.02)
  }

  @Test func `looking after every step errs rarely with a sequential test, and often without`() {
    let (runs, users) = (300, 1500)
    var (sequential, fixed) = (0, 0)
    for run in 0..<runs {
      var sums = [(0.0, 0.0), (0.0, 0.0)]
      var (erred, fooled) = (false, false)
      for user in 0..<users {
        for arm in 0..<2 {
          let value = Self.uniform(run, user, arm) < 0.3 ? 1.0 : 0
          sums[arm] = (sums[arm].0 + value, sums[arm].1 + value * value)
        }
        guard user >= 100, user.isMultiple(of: 10) else { continue }
        let n = Double(user + 1)
        let moments = sums.map {
          SampleMoments(count: user + 1, mean: $0.0 / n, variance: ($0.1 - $0.0 * $0.0 / n) / (n - 1))
        }
        let test = SequentialTest(control: moments[0], treatment: moments[1], tuning: 1000)
        if test.low > 0 || test.high < 0 { erred = true }
        let variance = moments[0].meanVariance + moments[1].meanVariance
        if abs(test.difference) > 1.96 * variance.squareRoot() { fooled = true }
      }
      if erred { sequential += 1 }
      if fooled { fixed += 1 }
    }
    // At most 5%, and three standard deviations above; a test for one look is fooled several times as often.
    let limit = 15 + 3 * (15 * 0.95).squareRoot()
    #expect(Double(sequential) <= limit, "\(sequential)")
    #expect(fixed > 60, "\(fixed)")
  }

  @Test func `users sent by their shares seldom fail the check of their ratio`() {
    let runs = 500
    let failures = (0..<runs).count { run in
      let first = (0..<1000).count { Self.uniform(run, $0) < 0.5 }
      return SampleRatioTest(counts: [first, 1000 - first], shares: [1, 1]).p < 0.05
    }
    #expect(Self.isPlausible(failures, of: runs, share: 0.05), "\(failures)")
    #expect(SampleRatioTest(counts: [5200, 4800], shares: [1, 1]).fails)
    #expect(SampleRatioTest(counts: [5, 4800], shares: [0, 1]).fails)
  }
}
