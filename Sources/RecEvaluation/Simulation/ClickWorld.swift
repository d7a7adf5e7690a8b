internal import RecAlgebra
package import RecData
internal import RecKernels

/// How the users of a generated world behave before lists: by what they really think of each item.
///
/// A user comes 1 + Poisson(λ) times and goes down the list that is shown; the place is looked at with probability
/// rank^−0.8, what is looked at is clicked by how much it is liked (the position-based model: N. Craswell et al., An
/// experimental comparison of click position-bias models, WSDM 2008, doi:10.1145/1341531.1341545), and some clicks become
/// purchases at a log-normal price. Some users come and click more than others, at all times.
package struct ClickWorld: Sendable {
  package let world: GeneratedWorld

  package init(_ world: GeneratedWorld) { self.world = world }

  /// How many of the clicks are followed by a purchase.
  static let purchaseShare = 0.12
  /// The mean and the deviation of the logarithm of a price.
  static let price = (mean: 2.4, deviation: 0.5)

  /// The mean number of visits beyond the first, from near 0 to 12.
  func visits(of user: Int) -> Double {
    min(
      12, RealFunctions.exp(0.9 * CounterRandom.normal(seed: world.options.seed, purpose: .visits, UInt64(user)) + 0.4))
  }

  /// How readily a user clicks; 1 in the middle.
  private func readiness(of user: Int) -> Double {
    RealFunctions.exp(0.45 * CounterRandom.normal(seed: world.options.seed, purpose: .readiness, UInt64(user)))
  }

  /// The chance that a user clicks what stands at each place of a list, once it is shown.
  package func clickChances(user: Int, items: [Int32]) -> [Double] {
    let readiness = readiness(of: user)
    return items.enumerated().map { place, item in
      let liking = world.preference(user: user, item: Int(item)) - 4
      let attraction = 1 / (1 + RealFunctions.exp(-1.8 * liking))
      return min(0.9, 0.4 * readiness * attraction / RealFunctions.pow(Double(place + 1), 0.8))
    }
  }

  /// The chance that a user clicks each item of a list at one visit at least, the list being the same at all of them.
  func chancesOfAnyClick(user: Int, items: [Int32]) -> [Double] {
    let rate = visits(of: user)
    return clickChances(user: user, items: items).map { 1 - (1 - $0) * RealFunctions.exp(-rate * $0) }
  }

  /// What an average user of many would do: the truth that a test estimates.
  struct Expectation: Sendable {
    var impressions = 0.0
    var clicks = 0.0
    var converted = 0.0
    var revenue = 0.0
  }

  func expectation(user: Int, chances: [Double]) -> Expectation {
    let rate = visits(of: user)
    let clicks = chances.reduce(0, +)
    // No purchase in a visit, and in 1 + Poisson(rate) of them.
    let none = chances.reduce(1) { $0 * (1 - $1 * Self.purchaseShare) }
    return Expectation(
      impressions: (1 + rate) * Double(chances.count), clicks: (1 + rate) * clicks,
      converted: 1 - none * RealFunctions.exp(rate * (none - 1)),
      revenue: (1 + rate) * clicks * Self.purchaseShare
        * RealFunctions.exp(Self.price.mean + Self.price.deviation * Self.price.deviation / 2))
  }

  /// What a user did in one run.
  struct Behaviour: Sendable {
    var impressions = 0
    var clicks = 0
    var purchases = 0
    var revenue = 0.0
  }

  /// - Parameter round: Tells runs and periods apart.
  func behaviour(user: Int, chances: [Double], seed: UInt64, round: UInt64) -> Behaviour {
    var behaviour = Behaviour()
    let visits = 1 + poisson(self.visits(of: user), seed: seed, user: user, round: round)
    for visit in 0..<visits {
      for (place, chance) in chances.enumerated() {
        behaviour.impressions += 1
        let bits = CounterRandom.four(
          seed: seed, purpose: .clicks, UInt64(user), UInt64(visit) << 32 | UInt64(place), round)
        guard CounterRandom.unit(bits.x) < chance else { continue }
        behaviour.clicks += 1
        guard CounterRandom.unit(bits.y) < Self.purchaseShare else { continue }
        behaviour.purchases += 1
        // Box & Muller, of the two numbers that are left.
        let radius = (-2 * RealFunctions.log(1 - CounterRandom.unit(bits.z))).squareRoot()
        let normal = radius * RealFunctions.cos(2 * .pi * CounterRandom.unit(bits.w))
        let price = RealFunctions.exp(Self.price.mean + Self.price.deviation * normal)
        behaviour.revenue += (price * 100).rounded() / 100
      }
    }
    return behaviour
  }

  /// A Poisson number by inversion; the mean is small.
  private func poisson(_ mean: Double, seed: UInt64, user: Int, round: UInt64) -> Int {
    var rest = CounterRandom.uniform(seed: seed, purpose: .visits, UInt64(user), 1, round)
    var probability = RealFunctions.exp(-mean)
    var count = 0
    while rest >= probability, count < 100 {
      rest -= probability
      count += 1
      probability *= mean / Double(count)
    }
    return count
  }
}

extension CounterRandom.Purpose {
  static let visits = Self("experiment visits")
  static let readiness = Self("experiment readiness")
  static let clicks = Self("experiment clicks")
  static let losses = Self("experiment losses")
}
