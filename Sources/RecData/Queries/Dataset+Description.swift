import RecAlgebra

/// How many interactions users or items have: from the fewest to the most.
package struct CountSpread: Sendable, Equatable {
  /// Users or items with at least one interaction; the figures are about these.
  package let count: Int
  package let least: Int
  package let lowerQuartile: Double
  package let median: Double
  package let upperQuartile: Double
  package let most: Int
  package let mean: Double
  /// How many have a single interaction.
  package let singles: Int
  /// The Gini coefficient, from 0 (all alike) to nearly 1 (one has all); over those with at least one interaction.
  package let gini: Double

  /// - Parameter counts: in any order; those that are 0 are left out.
  init(_ counts: [Int]) {
    let sorted = counts.filter { $0 > 0 }.sorted()
    let total = sorted.reduce(0, +)
    count = sorted.count
    least = sorted.first ?? 0
    most = sorted.last ?? 0
    mean = sorted.isEmpty ? .nan : Double(total) / Double(sorted.count)
    lowerQuartile = Self.quantile(sorted, 0.25)
    median = Self.quantile(sorted, 0.5)
    upperQuartile = Self.quantile(sorted, 0.75)
    singles = sorted.prefix { $0 == 1 }.count
    // G = Σ (2i − n − 1) x_i / (n Σ x), i from 1 in ascending order.
    let weighted = zip(sorted, 1...).reduce(0.0) { $0 + Double(2 * $1.1 - sorted.count - 1) * Double($1.0) }
    gini = sorted.isEmpty ? .nan : weighted / (Double(sorted.count) * Double(total))
  }

  /// Between the two nearest values in proportion, as NumPy's default (Hyndman & Fan 1996, type 7).
  private static func quantile(_ sorted: [Int], _ share: Double) -> Double {
    guard let last = sorted.indices.last else { return .nan }
    let place = share * Double(last)
    let low = Int(place)
    let high = min(last, low + 1)
    return Double(sorted[low]) + (place - Double(low)) * Double(sorted[high] - sorted[low])
  }
}

/// A field and how many users or items lack it.
package struct FieldDescription: Sendable, Equatable {
  package enum Kind: String, Sendable { case text, labels, number }
  package let name: String
  package let kind: Kind
  package let missing: Int
  /// Different labels, where the field has labels.
  package let labelCount: Int?
}

/// What `describe` tells of a dataset.
package struct DatasetDescription: Sendable, Equatable {
  package let count: Int
  /// All users and items, those without interactions included.
  package let users: Int
  package let items: Int
  /// The share of the pairs of active users and items that have an interaction.
  package let density: Double
  package let feedback: Feedback
  package let meanValue: Double
  package let standardDeviation: Double
  /// From which rating on one counts as relevant, and the share of those; nil of events.
  package let relevant: Relevant?
  /// How many rows of the files were duplicates; nil where that is not known.
  package let duplicates: Int?
  /// The distinct values, ascending, with their counts; at most twenty, wider bins where there are more.
  package let histogram: [Bin]
  package let activity: CountSpread
  package let popularity: CountSpread
  /// Seconds since 1970 of the first and the last interaction.
  package let times: ClosedRange<Int64>?
  package let userFields: [FieldDescription]
  package let itemFields: [FieldDescription]

  /// The mark in the units of the file, and the share of ratings that reach it.
  package struct Relevant: Sendable, Equatable {
    package let mark: Float
    package let share: Double
  }

  /// How many values lie from `low` to `high`; the two are the same where a bin is one value.
  package struct Bin: Sendable, Equatable {
    package let low: Float
    package let high: Float
    package let count: Int
  }
}

extension Dataset {
  /// Counts, spread and gaps of the data; linear in the entries.
  package var description: DatasetDescription {
    let activity = CountSpread((0..<interactions.rowCount).map { interactions.row($0).count })
    var popularity = [Int](repeating: 0, count: interactions.columnCount)
    for column in interactions.columns { popularity[Int(column)] += 1 }
    let items = CountSpread(popularity)
    let values = interactions.values
    let mean = values.reduce(0.0) { $0 + Double($1) } / Double(max(1, count))
    let squares = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let pairs = Double(activity.count) * Double(items.count)
    var relevant: DatasetDescription.Relevant?
    if case .ratings(let scale) = feedback, count > 0 {
      let reached = values.count { $0 >= scale.relevant }
      relevant = .init(mark: scale.relevant, share: Double(reached) / Double(count))
    }
    let first = times.min()
    let last = times.max()
    return DatasetDescription(
      count: count, users: interactions.rowCount, items: interactions.columnCount,
      density: count == 0 ? .nan : Double(count) / pairs, feedback: feedback, meanValue: count == 0 ? .nan : mean,
      standardDeviation: count < 2 ? .nan : (squares / Double(count - 1)).squareRoot(),
      relevant: relevant, duplicates: duplicateCount,
      histogram: Self.histogram(values), activity: activity, popularity: items,
      times: first.flatMap { first in last.map { first...$0 } },
      userFields: entities.userFields.descriptions, itemFields: entities.itemFields.descriptions)
  }

  /// A bin for each value where there are at most twenty, else twenty bins of equal width.
  static func histogram(_ values: [Float]) -> [DatasetDescription.Bin] {
    var counts: [Float: Int] = [:]
    for value in values {
      counts[value, default: 0] += 1
      if counts.count > 20 { break }
    }
    if counts.count <= 20 {
      return counts.sorted { $0.key < $1.key }.map {
        DatasetDescription.Bin(low: $0.key, high: $0.key, count: $0.value)
      }
    }
    guard let low = values.min(), let high = values.max() else { return [] }
    let width = (Double(high) - Double(low)) / 20
    var bins = [Int](repeating: 0, count: 20)
    for value in values { bins[min(19, Int((Double(value) - Double(low)) / width))] += 1 }
    return bins.enumerated().map { place, count in
      DatasetDescription.Bin(
        low: Float(Double(low) + Double(place) * width),
        high: place == 19 ? high : Float(Double(low) + Double(place + 1) * width), count: count)
    }
  }
}

/// What of a part is of users and items without an interaction in training data.
package struct ColdCounts: Sendable, Equatable {
  package let users: Int
  package let items: Int
  /// Interactions of such a user or item.
  package let count: Int
}

extension Dataset {
  /// How much here is of users and items that have no interaction in other data; ids are compared.
  package func cold(beside train: Dataset) -> ColdCounts {
    let users = train.entities.users.translation(from: entities.users)
    let items = train.entities.items.translation(from: entities.items)
    let counts = train.ratingCounts
    var coldUsers = 0
    var coldItems: Set<Int32> = []
    var rows = 0
    for user in 0..<interactions.rowCount where !interactions.row(user).isEmpty {
      let place = users.map { Int($0[user]) } ?? user
      let isCold = place < 0 || train.interactions.row(place).isEmpty
      if isCold { coldUsers += 1 }
      for entry in interactions.row(user) {
        let item = interactions.columns[entry]
        let place = items.map { Int($0[Int(item)]) } ?? Int(item)
        let isColdItem = place < 0 || counts[place] == 0
        if isColdItem { coldItems.insert(item) }
        if isCold || isColdItem { rows += 1 }
      }
    }
    return ColdCounts(users: coldUsers, items: coldItems.count, count: rows)
  }
}

extension FieldTable {
  var descriptions: [FieldDescription] {
    zip(names, columns).map { name, column in
      switch column {
      case .text(let texts):
        FieldDescription(
          name: name, kind: .text, missing: (0..<texts.count).count { texts.utf8($0).isEmpty }, labelCount: nil)
      case .categories(let labels):
        FieldDescription(
          name: name, kind: .labels,
          missing: (0..<labels.count).count { labels.offsets[$0] == labels.offsets[$0 + 1] },
          labelCount: labels.labels.count)
      case .number(let numbers):
        FieldDescription(name: name, kind: .number, missing: numbers.count(where: \.isNaN), labelCount: nil)
      }
    }
  }
}
