internal import RecAlgebra

/// Two lists mixed into one by team draft, each item in the team of the list that put it there.
///
/// In each round a coin decides which side picks first; each picks the best of its list that is not there yet. F. Radlinski,
/// M. Kurup & T. Joachims, How does clickthrough data reflect retrieval quality?, CIKM 2008, doi:10.1145/1458082.1458092.
package struct TeamDraft: Sendable, Equatable {
  package enum Team: Sendable, Equatable { case first, second }

  /// The items that are shown, best first.
  package let items: [Int32]
  /// Who picked each; (items.count,).
  package let teams: [Team]

  /// - Parameters:
  ///   - first: Items of the first list, best first, each once.
  ///   - second: Items of the second list.
  ///   - length: How many are shown; fewer where both lists end.
  ///   - isFirstAhead: The coin of each round, from 0.
  package init(_ first: [Int32], _ second: [Int32], length: Int, isFirstAhead: (Int) -> Bool) {
    var shown = Set<Int32>()
    var items: [Int32] = []
    var teams: [Team] = []
    var rest = (first: first[...], second: second[...])
    func pick(_ list: inout ArraySlice<Int32>, _ team: Team) {
      while items.count < length, let item = list.popFirst() {
        guard shown.insert(item).inserted else { continue }
        items.append(item)
        teams.append(team)
        return
      }
    }
    var round = 0
    while items.count < length, !rest.first.isEmpty || !rest.second.isEmpty {
      if isFirstAhead(round) {
        pick(&rest.first, .first)
        pick(&rest.second, .second)
      } else {
        pick(&rest.second, .second)
        pick(&rest.first, .first)
      }
      round += 1
    }
    self.items = items
    self.teams = teams
  }

  /// The coins of a user: functions of (seed, user, round).
  package static func coins(seed: UInt64, user: UInt64) -> (Int) -> Bool {
    { CounterRandom.random(seed: seed, purpose: purpose, user, UInt64($0)) & 1 == 0 }
  }

  private static let purpose = CounterRandom.Purpose("team draft")

  /// Clicks on the items of each team.
  package func credit(clicked: (Int32) -> Bool) -> (first: Int, second: Int) {
    var credit = (first: 0, second: 0)
    for (item, team) in zip(items, teams) where clicked(item) {
      switch team {
      case .first: credit.first += 1
      case .second: credit.second += 1
      }
    }
    return credit
  }
}
