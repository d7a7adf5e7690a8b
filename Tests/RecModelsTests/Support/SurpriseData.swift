import RecAlgebra
import RecData
import RecKernels
import RecModels
import Testing

/// The data and the first factors that `Reference/sgd.py` gave to Surprise.
struct SurpriseData {
  let dataset: Dataset
  /// Users, items and ratings in the order of the file, by index.
  let rows: [(user: Int, item: Int, value: Float)]

  static func small() throws -> SurpriseData {
    try SurpriseData(ReferenceFile.rows("small-ratings.csv", separator: ",").dropFirst().map { $0.map { $0[...] } })
  }

  static func movieLens() throws -> SurpriseData { try SurpriseData(ReferenceFile.movieLensRatings()) }

  private init(_ lines: [[Substring]]) throws {
    let users = Vocabulary<User>(lines.map { String($0[0]) })
    let items = Vocabulary<Item>(lines.map { String($0[1]) })
    rows = try lines.map { line in
      (
        try #require(users.index(of: ID(String(line[0])))).raw, try #require(items.index(of: ID(String(line[1])))).raw,
        try #require(Float(line[2]))
      )
    }
    dataset = Self.dataset(rows, Entities(users: users, items: items))
  }

  private static func dataset(_ rows: [(user: Int, item: Int, value: Float)], _ entities: Entities) -> Dataset {
    let matrix = SparseRows.counting(
      rows: rows.map { Int32($0.user) }, columns: rows.map { Int32($0.item) }, values: rows.map(\.value),
      rowCount: entities.users.count, columnCount: entities.items.count)
    return Dataset(
      name: "reference", entities: entities, interactions: matrix,
      feedback: .ratings(RatingScale(lowest: 0.5, highest: 5, relevant: 4)))
  }

  /// Every fifth row of the file held out, as in the script.
  func split() -> (train: Dataset, test: [(user: Int, item: Int, value: Float)]) {
    let test = rows.indices.filter { $0 % 5 == 4 }.map { rows[$0] }
    let train = rows.indices.filter { $0 % 5 != 4 }.map { rows[$0] }
    return (Self.dataset(train, dataset.entities), test)
  }

  /// Root mean square error on held-out rows, predictions clipped to the scale; users as somebody new where not known.
  static func error(
    of model: any Recommender, _ test: [(user: Int, item: Int, value: Float)], histories: Dataset, isKnown: Bool = true
  ) -> Double {
    let sum = Dictionary(grouping: test, by: \.user).sorted { $0.key < $1.key }.reduce(0.0) { sum, user in
      var history = histories.history(of: UserIndex(user.key))
      if !isKnown { history = History(user: nil, items: history.items, values: history.values) }
      let ratings = model.predict(history, items: user.value.map { Int32($0.item) })
      return zip(ratings, user.value).reduce(sum) { sum, pair in
        let difference = Double(min(5, max(0.5, pair.0)) - pair.1.value)
        return sum + difference * difference
      }
    }
    return (sum / Double(test.count)).squareRoot()
  }

  /// The number of the script's formula, from 0 to 1.
  static func formula(_ matrix: Int, row: Int, factor: Int) -> Double {
    let sum = 31 * row * row + 17 * factor * factor + 13 * row * factor + 7 * matrix + 5 * row + 3 * factor
    return Double(sum % 101) / 101
  }

  /// What stands in for a normal distribution with deviation .1.
  static func normal(_ matrix: Int, rows: Int, _ factors: Int) -> AlignedRows {
    filled(rows, factors) { 0.1 * 3 * (formula(matrix, row: $0, factor: $1) - 0.5) }
  }

  /// What stands in for a uniform distribution from 0 to 1.
  static func uniform(_ matrix: Int, rows: Int, _ factors: Int) -> AlignedRows {
    filled(rows, factors) { 0.1 + 0.9 * formula(matrix, row: $0, factor: $1) }
  }

  private static func filled(_ rows: Int, _ factors: Int, _ value: @Sendable (Int, Int) -> Double) -> AlignedRows {
    var matrix = AlignedRows(rowCount: rows, columnCount: factors)
    matrix.fill(Workers(threadCount: 1)) { row, span in
      for factor in 0..<factors { span[factor] = Float(value(row, factor)) }
    }
    return matrix
  }
}
