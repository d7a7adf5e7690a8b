internal import RecAlgebra
internal import RecData

/// How somebody new gets factors where item factors and biases stay as they are: ridge regression of what they rated.
///
/// The penalty is what the training amounts to for a user: its regularization for each rating, and 1 / (epochs · rate) for
/// its having stopped after so many steps. Gradient descent on a square for a time t stays as near to its start as a
/// penalty of 1/t: A. Ali, J. Z. Kolter & R. J. Tibshirani, "A continuous-time view of early stopping for least squares
/// regression", AISTATS 2019, arXiv:1810.10082. For 20 epochs at .005 that is 10.
package struct RidgeFoldIn: Sendable, Equatable, Codable {
  /// The penalty for each rating.
  package let regularization: Double
  /// The penalty for each user.
  package let shrinkage: Double
  /// What a value of 1 in the units of the training means in the data's units.
  package let unit: Double
  /// What draws absences beside events; nil for ratings.
  package let absences: SampledAbsences?

  /// - Parameter stepLength: epochs · rate.
  package init(regularization: Double, stepLength: Double, unit: Double, absences: SampledAbsences?) {
    self.regularization = regularization
    shrinkage = 1 / stepLength
    self.unit = unit
    self.absences = absences
  }

  /// A history ready to be regressed on: what is known of each item, and what is left to explain.
  struct Problem {
    let items: [Int32]
    /// The rating, or 1 and 0 for an event and an absence.
    let values: [Float]
    /// Whether the history holds the item; false for an absence.
    let isRated: [Bool]
    /// What is left of each value once offset and biases are taken away; in the data's units.
    let residuals: [Double]
    let regression: RidgeRegression
  }

  /// - Parameter shift: what else is known of each item's value beforehand.
  func problem(_ history: History, _ learned: LearnedFactors, shift: (Int) -> Double = { _ in 0 }) -> Problem {
    var items = history.items
    var values = history.values
    var isRated = [Bool](repeating: true, count: items.count)
    if let absences {
      let absent = absences.items(of: nil, besides: items, of: learned.itemCount, isKnown: learned.scorer.canScore)
      values = [Float](repeating: 1, count: items.count) + [Float](repeating: 0, count: absent.count)
      isRated += [Bool](repeating: false, count: absent.count)
      items += absent
    }
    // What nobody rated has no factors and tells nothing of anybody's.
    let places = items.indices.filter { learned.scorer.canScore(Int(items[$0])) }
    let width = learned.rank + (learned.hasBiases ? 1 : 0)
    var rows: [Double] = []
    rows.reserveCapacity(places.count * width)
    for place in places { rows += row(Int(items[place]), learned) }
    let residuals = places.map { place in
      let item = Int(items[place])
      return Double(values[place]) - learned.offset - learned.scorer.itemOffsets[item] - shift(item)
    }
    return Problem(
      items: places.map { items[$0] }, values: places.map { values[$0] }, isRated: places.map { isRated[$0] },
      residuals: residuals,
      regression: RidgeRegression(
        rows: rows, count: places.count, width: width, penalty: regularization * Double(places.count) + shrinkage))
  }

  /// What the factors and the bias of a user are multiplied with for an item, in the units of the training.
  func row(_ item: Int, _ learned: LearnedFactors) -> [Double] {
    let factors = learned.scorer.itemFactors.row(item).map { Double($0) / unit }
    return learned.hasBiases ? factors + [1] : factors
  }

  /// The user that explains the residuals best.
  func user(_ problem: Problem, _ learned: LearnedFactors) -> UserFactors {
    let solution = problem.regression.solution(of: problem.residuals.map { $0 / unit })
    return UserFactors(
      offset: learned.offset + (learned.hasBiases ? solution[learned.rank] * unit : 0),
      factors: solution[..<learned.rank].map { Float($0) })
  }

  /// What a residual of 1 in each row of the problem adds to the score of an item, user bias included.
  func weights(_ problem: Problem, item: Int, _ learned: LearnedFactors) -> [Double] {
    let direction = problem.regression.solve(row(item, learned))
    let width = problem.regression.width
    return problem.items.indices.map { place in
      (0..<width).reduce(0) { $0 + direction[$1] * problem.regression.rows[place * width + $1] }
    }
  }
}

extension RidgeFoldIn {
  /// What the rows of a problem add to a score: ratings by size, drawn absences as one part.
  func parts(_ problem: Problem, values: [Double]) -> [Explanation.Part] {
    let rated = problem.items.indices.filter { problem.isRated[$0] }.map { place in
      Explanation.Part(.rated(ItemIndex(problem.items[place]), value: problem.values[place]), values[place])
    }
    let parts = Explanation.largest(rated, noun: "ratings")
    let absent = problem.items.indices.filter { !problem.isRated[$0] }
    if absent.isEmpty { return parts }
    return parts + [.init(.other("\(absent.count) items left alone"), absent.reduce(0) { $0 + values[$1] })]
  }
}
