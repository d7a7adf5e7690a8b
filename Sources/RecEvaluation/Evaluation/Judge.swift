import RecAlgebra
internal import RecData
internal import RecKernels
internal import RecModels

/// Judges models on blocks of users; the same for all blocks, whichever thread takes them.
struct Judge: Sendable {
  /// A model, what it was trained on, and which of the columns are wanted of it.
  struct Candidate: Sendable {
    let model: Model
    /// The place of its training data in `spaces`.
    let space: Int
    /// Whether each choice is computed, (choices,).
    let wants: [Bool]
  }

  /// What a block of users gives for one model.
  struct Part: Sendable {
    /// By choice; a value for each user of the block.
    var users: [UserValues]
    var fallback = 0
    /// By choice, for metrics of all lists together: the items of the block's lists, one list after the other.
    var shown: [[Int32]]
  }

  /// What a block of users gives: a part for each model, and how many users have a relevant item.
  struct Block: Sendable {
    var parts: [Part]
    var relevantUsers = 0
  }

  let test: Dataset
  /// The users with test rows, ascending.
  let users: [Int]
  /// A number for each of `users` that depends on the id alone.
  let keys: [UInt64]
  let spaces: [TrainingSpace]
  let audiences: [Audience]
  let candidates: [Candidate]
  let choices: [MetricChoice]
  let relevance: RelevanceRule
  let gain: EvaluationRequest.Gain
  let competition: EvaluationRequest.Candidates
  /// Whether items with a training rating are no candidates; not so where training error is asked for.
  let hidesTraining: Bool
  let seed: UInt64

  var itemCount: Int { test.entities.items.count }

  /// Judges the users at some places of `users`. Stops early, with less than it should give, when cancelled.
  func block(_ places: Range<Int>, _ cancellation: Cancellation) -> Block {
    let histories = candidates.map { candidate in
      let (space, additions) = (spaces[candidate.space], candidate.model.additions)
      return places.map { space.history(of: users[$0], in: test, additions: additions) }
    }
    let people = places.map { place in
      TestUser(
        users[place], in: test, masked: masked(place - places.lowerBound, histories), relevance: relevance, gain: gain)
    }
    let samples = people.indices.map { sample(people[$0], key: keys[places.lowerBound + $0]) }
    var block = Block(parts: [], relevantUsers: people.count { $0.relevantCount > 0 })
    for (candidate, histories) in zip(candidates, histories) where !cancellation.isCancelled {
      let none = [Double](repeating: 0, count: people.count)
      var part = Part(
        users: choices.map { _ in UserValues(sums: none, weights: none) }, shown: choices.map { _ in [] })
      predict(candidate, histories, people, into: &part)
      rank(candidate, histories, people, samples, into: &part)
      block.parts.append(part)
    }
    return block
  }

  /// The items that a user has a training rating of in any model's training data, ascending.
  private func masked(_ place: Int, _ histories: [[History]]) -> [Int32] {
    guard hidesTraining else { return [] }
    var known: [Int32] = []
    for (candidate, histories) in zip(candidates, histories) {
      let items = spaces[candidate.space].testItems(of: histories[place])
      if items == known { continue }
      known = known.isEmpty ? items : Set(known).union(items).sorted()
    }
    return known
  }

  private func sample(_ person: TestUser, key: UInt64) -> [Int32]? {
    guard case .sampled(let count) = competition, person.relevantCount > 0 else { return nil }
    return person.sample(count, of: itemCount, seed: seed, key: key)
  }
}
