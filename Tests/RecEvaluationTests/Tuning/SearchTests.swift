import RecEvaluation
import Testing

struct SearchTests {
  /// Hyperband's brackets with η = 3 and R = 81, Li et al. 2018, table 1: n and r of each round, r as a share of 81.
  @Test(
    arguments: [
      (81, 1 / 81.0, [81, 27, 9, 3, 1], [1, 3, 9, 27, 81]), (27, 3 / 81.0, [27, 9, 3, 1], [3, 9, 27, 81]),
      (9, 9 / 81.0, [9, 3, 1], [9, 27, 81]), (5, 1, [5], [81]), (1, 1 / 81.0, [1], [81]),
    ] as [(Int, Double, [Int], [Double])])
  func `halving gives the better third three times as much`(
    trials: Int, least: Double, counts: [Int], resources: [Double]
  ) {
    let rounds = SuccessiveHalving(trials: trials, leastShare: least - 1e-9).rounds
    #expect(rounds.map(\.trials) == counts)
    for (round, resource) in zip(rounds, resources) { #expect(abs(round.share * 81 - resource) < 1e-9) }
  }

  @Test func `random choices are distinct, in order, and the seed's alone`() {
    let chosen = RandomChoice.places(20, of: 1000, seed: 5)
    #expect(Set(chosen).count == 20 && chosen == chosen.sorted() && chosen.allSatisfy { (0..<1000).contains($0) })
    #expect(RandomChoice.places(20, of: 1000, seed: 5) == chosen)
    #expect(RandomChoice.places(20, of: 1000, seed: 6) != chosen)
    #expect(RandomChoice.places(9, of: 3, seed: 5) == [0, 1, 2])
  }
}
