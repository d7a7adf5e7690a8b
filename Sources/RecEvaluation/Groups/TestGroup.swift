internal import RecAlgebra
package import RecData

/// Test rows that belong together, such as those of users with few ratings.
package struct TestGroup: Sendable {
  /// `few`, `Comedy`.
  package let name: String
  /// What its users or items have, such as `1–20 ratings`; empty where the name says it.
  package let range: String
  /// The rows, in the index space of all.
  package let rows: Dataset
}

/// What test rows are grouped by.
package enum Grouping: Sendable, Equatable {
  /// Users by how many training ratings they have, in thirds of the tested users.
  case activity
  /// Items by how many training ratings they have: those that hold a third of all, and so on.
  case popularity
  /// Users, or items, by a field; a row stands in the group of each label, and numbers are cut into thirds.
  case userField(String)
  case itemField(String)

  /// More groups than this are not told apart: the largest are.
  package static let limit = 30
}

extension Dataset {
  /// The rows of each group that has any, in the order of the groups' meaning; fields by their labels.
  ///
  /// - Parameter training: what activity and popularity are counted in; users and items are matched by id.
  package func groups(by grouping: Grouping, training: Dataset) -> [TestGroup] {
    switch grouping {
    case .activity:
      let places = training.entities.users.translation(from: entities.users)
      let counts = entities.users.indices.map { user -> Double in
        let place = places.map { Int($0[user]) } ?? user
        return place < 0 ? 0 : Double(training.interactions.row(place).count)
      }
      let tested = counts.indices.filter { !interactions.row($0).isEmpty }
      let bins = Bins(thirdsOf: tested.map { counts[$0] }, names: ["few", "some", "many"])
      return groups(bins, ofUsers: counts, noun: "rating")
    case .popularity:
      let places = training.entities.items.translation(from: entities.items)
      let own = training.ratingCounts
      let counts = entities.items.indices.map { item -> Double in
        let place = places.map { Int($0[item]) } ?? item
        return place < 0 ? 0 : Double(own[place])
      }
      return groups(Bins(thirdsOfTotal: counts, names: ["head", "middle", "tail"]), ofItems: counts, noun: "rating")
    case .userField(let name): return fieldGroups(of: entities.userFields[name], byItem: false)
    case .itemField(let name): return fieldGroups(of: entities.itemFields[name], byItem: true)
    }
  }

  private func groups(_ bins: Bins, ofUsers values: [Double], noun: String?) -> [TestGroup] {
    let userOf = rowOfEntries
    return bins.bins.compactMap { bin in
      group(bin.name, bin.range(noun)) { bin.holds(values[Int(userOf[$0])]) }
    }
  }

  private func groups(_ bins: Bins, ofItems values: [Double], noun: String?) -> [TestGroup] {
    bins.bins.compactMap { bin in
      group(bin.name, bin.range(noun)) { bin.holds(values[Int(interactions.columns[$0])]) }
    }
  }

  private func fieldGroups(of column: FieldColumn?, byItem: Bool) -> [TestGroup] {
    let labels: CategoryColumn
    switch column {
    case nil: return []
    case .categories(let column): labels = column
    case .text(let column): labels = CategoryColumn((0..<column.count).map { column[$0].isEmpty ? [] : [column[$0]] })
    case .number(let values):
      let occurring = byItem ? interactions.columns.map { values[Int($0)] } : rowOfEntries.map { values[Int($0)] }
      let bins = Bins(thirdsOf: occurring.filter { !$0.isNaN }, names: ["low", "middle", "high"])
      return byItem ? groups(bins, ofItems: values, noun: nil) : groups(bins, ofUsers: values, noun: nil)
    }
    let subjects = byItem ? interactions.columns : rowOfEntries
    var sizes = [Int](repeating: 0, count: labels.labels.count)
    for subject in subjects {
      for member in labels.members[labels.offsets[Int(subject)]..<labels.offsets[Int(subject) + 1]] {
        sizes[Int(member)] += 1
      }
    }
    let largest = sizes.indices.filter { sizes[$0] > 0 }.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    return largest.prefix(Grouping.limit).sorted().compactMap { label in
      group(labels.labels[label], "") { entry in
        let subject = Int(subjects[entry])
        return labels.members[labels.offsets[subject]..<labels.offsets[subject + 1]].contains(Int32(label))
      }
    }
  }

  private func group(_ name: String, _ range: String, keeping isKept: (Int) -> Bool) -> TestGroup? {
    let kept = (0..<count).map(isKept)
    return kept.contains(true) ? TestGroup(name: name, range: range, rows: part(role, keeping: kept)) : nil
  }

  /// The user of each entry; (entries,).
  private var rowOfEntries: [Int32] {
    (0..<interactions.rowCount).flatMap { row in
      [Int32](repeating: Int32(row), count: interactions.row(row).count)
    }
  }
}
