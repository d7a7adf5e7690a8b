import RecAlgebra
import RecData
import RecKernels
import RecModels

/// A rating or event of a test.
struct Entry {
  let user: Int
  let item: Int
  let value: Float
  init(_ user: Int, _ item: Int, _ value: Float) {
    self.user = user
    self.item = item
    self.value = value
  }
}

extension Dataset {
  /// A dataset of users and items numbered from 0; the ids are the numbers.
  init(
    _ entries: [Entry], users: Int, items: Int, fields: [(name: String, column: FieldColumn)] = [],
    events: Bool = false,
    scale: ClosedRange<Float> = 1...5
  ) {
    let sorted = entries.sorted { ($0.user, $0.item) < ($1.user, $1.item) }
    let rows = SparseRows.counting(
      rows: sorted.map { Int32($0.user) }, columns: sorted.map { Int32($0.item) }, values: sorted.map(\.value),
      rowCount: users, columnCount: items)
    let entities = Entities(
      users: Vocabulary(sorted: .numbers((0..<users).map { Int64($0) })),
      items: Vocabulary(sorted: .numbers((0..<items).map { Int64($0) })), itemFields: FieldTable(fields))
    let top = RatingScale(lowest: scale.lowerBound, highest: scale.upperBound, relevant: scale.upperBound)
    self.init(name: "test", entities: entities, interactions: rows, feedback: events ? .events : .ratings(top))
  }

  /// Ratings by chance, about one in three present; the items have text and labels by chance, too.
  static func chance(users: Int, items: Int, seed: UInt64 = 1, scale: ClosedRange<Float> = 1...5) -> Dataset {
    let purpose = CounterRandom.Purpose("test data")
    let width = scale.upperBound - scale.lowerBound
    var entries: [Entry] = []
    for user in 0..<users {
      for item in 0..<items {
        let bits = CounterRandom.four(seed: seed, purpose: purpose, UInt64(user), UInt64(item))
        // Nobody and nothing is without a rating.
        guard bits.x % 3 == 0 || item == user % items || user == item % users else { continue }
        entries.append(Entry(user, item, scale.lowerBound + width * Float(bits.y % 9) / 8))
      }
    }
    return Dataset(entries, users: users, items: items, fields: content(items), scale: scale)
  }

  /// Users and items of two kinds, by parity: own kind is rated 5, the other 1; the diagonal and half of the other kind
  /// are left open. Labels and text tell the kind.
  static func checkerboard(_ size: Int, scale: ClosedRange<Float> = 1...5, events: Bool = false) -> Dataset {
    var entries: [Entry] = []
    for user in 0..<size {
      for item in 0..<size where user != item {
        let isOwnKind = (user + item) % 2 == 0
        if isOwnKind {
          entries.append(Entry(user, item, events ? 1 : scale.upperBound))
        } else if !events, (user + item) % 4 == 1 {
          entries.append(Entry(user, item, scale.lowerBound))
        }
      }
    }
    return Dataset(entries, users: size, items: size, fields: content(size), events: events, scale: scale)
  }

  /// A title and labels for each item; what they say depends on its parity.
  static func content(_ items: Int) -> [(name: String, column: FieldColumn)] {
    let kinds = [("river boat", ["Drama", "Romance"]), ("space robot", ["Action"])]
    return [
      ("title", .text(TextColumn((0..<items).map { "The \(kinds[$0 % 2].0) of number\($0 / 3)" }))),
      ("genres", .categories(CategoryColumn((0..<items).map { kinds[$0 % 2].1 }))),
    ]
  }
}

extension Training {
  static func threads(_ count: Int, seed: UInt64 = 42) -> Training {
    Training(seed: seed, execution: Execution(threadCount: count))
  }
}

extension Recommender {
  /// Scores as bit patterns, which compare equal only where the bits do.
  func bits(_ history: History) -> [UInt32] { scores(history).map(\.bitPattern) }
}

/// The open item with the highest score; of equal ones the first.
func best(_ scores: [Float], except seen: [Int32]) -> Int? {
  let seen = Set(seen.map { Int($0) })
  return scores.indices.filter { !seen.contains($0) }.max { (scores[$0], -$0) < (scores[$1], -$1) }
}
