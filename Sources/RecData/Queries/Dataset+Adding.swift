import RecAlgebra
import RecKernels

/// A rating of somebody, to be added to a dataset.
package struct NewRating: Sendable, Equatable {
  package let user: UserID
  package let item: ItemID
  package let value: Float
  /// Seconds since 1970; nil where it is not known.
  package let time: Int64?

  package init(user: UserID, item: ItemID, value: Float, time: Int64? = nil) {
    self.user = user
    self.item = item
    self.value = value
    self.time = time
  }
}

extension Dataset {
  /// With more ratings; a rating of a user and item that has one replaces it, new ids join the vocabularies.
  ///
  /// Where the dataset has times, a new rating without one gets the latest time of all.
  package func adding(_ ratings: [NewRating]) -> Dataset {
    let users = entities.users.merged(with: Vocabulary(ratings.map(\.user.text))).vocabulary
    let items = entities.items.merged(with: Vocabulary(ratings.map(\.item.text))).vocabulary
    let base = remapped(to: entities.extended(users: users, items: items))
    let matrix = base.interactions
    var added: [Int: [(column: Int32, place: Int)]] = [:]
    for (place, rating) in ratings.enumerated() {
      guard let user = users.index(of: rating.user), let item = items.index(of: rating.item) else { continue }
      added[user.raw, default: []].append((Int32(item.raw), place))
    }
    let latest = base.times.max() ?? 0
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    var times: [Int64] = []
    columns.reserveCapacity(matrix.entryCount + ratings.count)
    values.reserveCapacity(matrix.entryCount + ratings.count)
    for user in 0..<matrix.rowCount {
      let row = matrix.row(user)
      // The last of several new ratings of the same item stays.
      let new = Dictionary(added[user, default: []].map { ($0.column, $0.place) }) { $1 }
      let unrated = new.keys.filter { !matrix.columns[row].contains($0) }
      func append(_ column: Int32, _ value: Float, _ time: Int64?) {
        columns.append(column)
        values.append(value)
        if !base.times.isEmpty { times.append(time ?? latest) }
      }
      var waiting = unrated.sorted()[...]
      for entry in row {
        let column = matrix.columns[entry]
        while let next = waiting.first, next < column, let place = new[next] {
          append(next, ratings[place].value, ratings[place].time)
          waiting.removeFirst()
        }
        if let place = new[column] {
          append(column, ratings[place].value, ratings[place].time)
        } else {
          append(column, matrix.values[entry], base.times.isEmpty ? nil : base.times[entry])
        }
      }
      for next in waiting { if let place = new[next] { append(next, ratings[place].value, ratings[place].time) } }
      offsets.append(columns.count)
    }
    var result = base
    result.interactions = SparseRows(
      rowCount: users.count, columnCount: items.count, offsets: offsets, columns: columns, values: values)
    result.times = times
    return result
  }

  /// The same interactions over other entities, which have all users and items that occur here.
  ///
  /// - Precondition: `entities` has every id of a user or an item with an interaction.
  package func remapped(to entities: Entities) -> Dataset {
    if entities == self.entities { return self }
    var result = self
    result.entities = entities
    let userPlaces = entities.users.translation(from: self.entities.users)
    let itemPlaces = entities.items.translation(from: self.entities.items)
    if userPlaces == nil, itemPlaces == nil { return result }
    var rows: [Int32] = []
    rows.reserveCapacity(count)
    for user in 0..<interactions.rowCount {
      let place = userPlaces.map { $0[user] } ?? Int32(user)
      precondition(place >= 0 || interactions.row(user).isEmpty, "every user with an interaction is there")
      for _ in interactions.row(user) { rows.append(place) }
    }
    let columns = itemPlaces.map { places in interactions.columns.map { places[Int($0)] } } ?? interactions.columns
    precondition(!columns.contains(-1), "every item with an interaction is there")
    // The order of ids is that of their indices, unless numbers became texts: then the rows are sorted anew.
    let assembled = RowAssembly.assemble(
      rows: rows, columns: columns, values: interactions.values, times: times, rowCount: entities.users.count,
      duplicates: .latest, workers: Workers(threadCount: 1))
    result.interactions = SparseRows(assembled, columnCount: entities.items.count)
    result.times = assembled.times
    return result
  }

  /// With what a table knows of items: titles, genres, text.
  package func joining(items table: EntityTable<Item>) -> (dataset: Dataset, counts: JoinCounts) {
    let (joined, counts) = entities.joining(items: table)
    return (remapped(to: joined), counts)
  }

  /// With what a table knows of users.
  package func joining(users table: EntityTable<User>) -> (dataset: Dataset, counts: JoinCounts) {
    let (joined, counts) = entities.joining(users: table)
    return (remapped(to: joined), counts)
  }
}
