import RecEvaluation
import Testing

/// Lists mixed by team draft, with pencil and paper.
struct TeamDraftTests {
  @Test func `both sides pick in turn, in the order that each coin says`() {
    // Round 0: the first side picks 1, the second 2. Round 1: the second picks 3, the first 4 (1, 2 and 3 are there).
    let draft = TeamDraft([1, 2, 3, 4], [2, 3, 1, 5], length: 4) { $0 == 0 }
    #expect(draft.items == [1, 2, 3, 4])
    #expect(draft.teams == [.first, .second, .second, .first])
    let credit = draft.credit { [1, 3, 4].contains($0) }
    #expect(credit == (2, 1))
  }

  @Test func `a side whose list ends leaves the rest to the other`() {
    let draft = TeamDraft([7], [8, 7, 9, 10], length: 10) { _ in true }
    #expect(draft.items == [7, 8, 9, 10])
    #expect(draft.teams == [.first, .second, .second, .second])
    #expect(TeamDraft([], [], length: 5) { _ in true }.items == [])
  }

  @Test func `the same list against itself gives both sides as many items`() {
    let list = (0..<10).map(Int32.init)
    let draft = TeamDraft(list, list, length: 10, isFirstAhead: TeamDraft.coins(seed: 1, user: 3))
    #expect(draft.items == list)
    #expect(draft.teams.count { $0 == .first } == 5)
  }

  @Test func `users are won by more clicks, and ties decide nothing`() throws {
    let result = InterleavingResult([(2, 1), (0, 1), (0, 2), (1, 1), (0, 0), (0, 3)])
    #expect(result == InterleavingResult(firstWins: 1, secondWins: 3, ties: 2))
    #expect(result.preference == 0.25)
    // P(X ≤ 1) of 4 fair coins is 5/16.
    #expect(abs(result.p - 0.625) < 1e-14)
    let interval = try #require(result.interval)
    #expect(interval.low < 0.25 && interval.high > 0.25)
    #expect(InterleavingResult([]).interval == nil && InterleavingResult([]).p == 1)
  }
}
