import RecAlgebra
internal import RecData
internal import RecModels

extension Judge {
  /// The values of metrics of ranks and lists, for the users that have a relevant item.
  func rank(
    _ candidate: Candidate, _ histories: [History], _ people: [TestUser], _ samples: [[Int32]?], into part: inout Part
  ) {
    let columns = choices.indices.filter { candidate.wants[$0] && !choices[$0].isOfRatings }
    let ranked = people.indices.filter { people[$0].relevantCount > 0 }
    guard !columns.isEmpty && !ranked.isEmpty else { return }
    let width = candidate.model.recommender.itemCount
    var scores = [Float](repeating: 0, count: ranked.count * width)
    var span = scores.mutableSpan
    candidate.model.recommender.score(ranked.map { histories[$0] }, into: &span)
    let translation = spaces[candidate.space].itemTranslation
    var translated = [Float](repeating: 0, count: translation == nil ? 0 : itemCount)
    var measuring = Measuring(columns: columns, of: choices, audience: audiences[candidate.space])
    for (row, place) in ranked.enumerated() {
      let start = row * width
      if let translation {
        for item in 0..<itemCount {
          translated[item] = translation[item] < 0 ? -.infinity : scores[start + Int(translation[item])]
        }
        for item in people[place].masked { translated[Int(item)] = Float.nan }
        measuring.measure(people[place], samples[place], translated.span, at: place, into: &part)
      } else {
        for item in people[place].masked { scores[start + Int(item)] = Float.nan }
        let own = scores.span.extracting(start..<start + width)
        measuring.measure(people[place], samples[place], own, at: place, into: &part)
      }
    }
  }
}

/// Computes the metrics of ranks and lists, user by user; its buffers are used again for the next user.
private struct Measuring {
  private let columns: [Int]
  private let choices: [MetricChoice]
  private let audience: Audience
  /// How far down a ranking any metric looks; 0 where none does.
  private let depth: Int
  /// The longest list that any metric looks at; 0 where none does.
  private let listLength: Int
  private var ranking = Ranking()

  init(columns: [Int], of choices: [MetricChoice], audience: Audience) {
    self.columns = columns
    self.choices = choices
    self.audience = audience
    depth = columns.map { choices[$0].depth }.max() ?? 0
    listLength = columns.map { choices[$0].listLength }.max() ?? 0
  }

  /// Adds a user's values to a part.
  ///
  /// - Parameters:
  ///   - sample: The candidates that were drawn, or nil where all compete.
  ///   - scores: The scores of all items of the dataset, NaN for those that are no candidates.
  ///   - place: The user's place in the block.
  mutating func measure(
    _ person: TestUser, _ sample: [Int32]?, _ scores: Span<Float>, at place: Int, into part: inout Judge.Part
  ) {
    if depth > 0 { ranking.rank(person, among: sample, scores: scores, depth: depth) }
    let list = listLength > 0 ? topK(scores: scores, k: listLength).filter { $0.score > -.infinity }.map(\.index) : []
    for column in columns {
      let value: Double?
      switch choices[column].measure {
      case .ratings: continue
      case .ranking(let measure):
        value = measure(ranking.ranked, choices[column].cutoff ?? ranking.ranked.candidateCount)
      case .pooled(let measure):
        guard let share = measure(ranking.ranked, choices[column].cutoff ?? ranking.ranked.candidateCount)
        else { continue }
        part.users[column].sums[place] = share.sum
        part.users[column].weights[place] = share.weight
        continue
      case .list(let measure):
        value = measure(list.prefix(choices[column].listLength), audience)
      case .exposure:
        part.shown[column] += list.prefix(choices[column].listLength)
        continue
      }
      guard let value else { continue }
      part.users[column].sums[place] = value
      part.users[column].weights[place] = 1
    }
  }
}

extension MetricChoice {
  /// Whether it is computed from predicted ratings.
  var isOfRatings: Bool { metric.judgesRatings }

  /// Whether it is of the items that all users are shown together.
  package var isOfExposure: Bool { if case .exposure = measure { true } else { false } }

  /// How far down it looks in a ranking; 0 for metrics of another kind.
  fileprivate var depth: Int {
    switch measure {
    case .ranking, .pooled: cutoff ?? .max
    case .ratings, .list, .exposure: 0
    }
  }

  /// The length of the lists that it looks at; 0 for metrics of another kind.
  fileprivate var listLength: Int {
    switch measure {
    case .ratings, .ranking, .pooled: 0
    case .list, .exposure: cutoff ?? .max
    }
  }
}
