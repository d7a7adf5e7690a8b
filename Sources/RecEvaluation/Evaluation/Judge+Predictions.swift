import RecAlgebra
internal import RecData
internal import RecModels

extension Judge {
  /// The losses of predicted ratings, and the rows that only a fallback can answer.
  func predict(_ candidate: Candidate, _ histories: [History], _ people: [TestUser], into part: inout Part) {
    let space = spaces[candidate.space]
    let isAsked = choices.indices.contains { candidate.wants[$0] && choices[$0].isOfRatings }
    guard case .ratings(let scale) = test.feedback, isAsked, candidate.model.recommender.predictsRatings else {
      for (person, history) in zip(people, histories) { part.fallback += fallback(person, history, space) }
      return
    }
    for (place, person) in people.enumerated() {
      part.fallback += fallback(person, histories[place], space)
      let answered = person.items.map { space.trainingItem($0.index) }.filter { $0 >= 0 }
      let predictions = candidate.model.recommender.predict(histories[place], items: answered)
      var next = 0
      for entry in test.interactions.row(person.index) {
        var predicted = space.mean
        if space.trainingItem(test.interactions.columns[entry]) >= 0 {
          if predictions[next].isFinite { predicted = predictions[next] }
          next += 1
        }
        let clipped = Double(min(max(predicted, scale.lowest), scale.highest))
        let actual = Double(test.interactions.values[entry])
        for (column, choice) in choices.enumerated() where candidate.wants[column] {
          guard case .ratings(let loss, _, let isClipped) = choice.measure else { continue }
          part.users[column].sums[place] += loss(isClipped ? clipped : Double(predicted), actual)
          part.users[column].weights[place] += 1
        }
      }
    }
  }

  /// How many of a user's test rows have a user or an item without a training rating.
  private func fallback(_ person: TestUser, _ history: History, _ space: TrainingSpace) -> Int {
    if history.isEmpty { return person.items.count }
    return person.items.count { space.ratingCounts[Int($0.index)] == 0 }
  }
}
