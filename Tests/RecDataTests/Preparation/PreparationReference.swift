import FoundationEssentials
import RecAlgebra
import RecData

/// What pandas and scikit-learn make of ratings and fields: Reference/preparation.py.
struct PreparationReference: Decodable {
  struct Core: Decodable {
    let users: Int
    let items: Int
    let left: [[Int]]
  }
  struct Normalized: Decodable {
    let target: String
    let axis: String
    let values: [Double]
  }
  struct Cut: Decodable {
    let values: String
    let rule: String
    let count: Int
    let edges: [Double]
    let numbers: [Int]
  }

  struct Spread: Decodable {
    let quartiles: [Double]
    let mean: Double
    let gini: Double
    let singles: Int
  }
  struct Described: Decodable {
    let mean: Double
    let deviation: Double
    let relevant: Double
    let users: Spread
    let items: Spread
    let cold: [Int]
  }

  let ratings: [[Double]]
  let described: Described
  let cores: [Core]
  let normalized: [Normalized]
  /// How many users, and items, have ratings that are all equal.
  let constants: [String: Int]
  let numbers: [Double?]
  let imputed: [String: [Double]]
  let texts: [String?]
  let imputedTexts: [String]
  let labels: [[String]]
  let multihot: [[Double]]
  let multihotLabels: [String]
  let single: [String]
  let onehot: [[Double]]
  let ordinal: [Double]
  let cut: [Double]
  let discrete: [Double]
  let bins: [Cut]

  static let stored = Result {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Reference/preparation.json"))
    return try JSONDecoder().decode(PreparationReference.self, from: data)
  }

  /// The ratings, their ids being the numbers of users and items.
  var dataset: Dataset {
    let users = Set(ratings.map { Int64($0[0]) }).sorted()
    let items = Set(ratings.map { Int64($0[1]) }).sorted()
    var offsets = [Int](repeating: 0, count: users.count + 1)
    for row in ratings { offsets[Int(row[0]) + 1] += 1 }
    for user in users.indices { offsets[user + 1] += offsets[user] }
    return Dataset(
      name: "reference",
      entities: Entities(users: Vocabulary(sorted: .numbers(users)), items: Vocabulary(sorted: .numbers(items))),
      interactions: SparseRows(
        rowCount: users.count, columnCount: items.count, offsets: offsets, columns: ratings.map { Int32($0[1]) },
        values: ratings.map { Float($0[2]) }),
      feedback: .ratings(RatingScale(lowest: 0.5, highest: 5, relevant: 4)))
  }
}
