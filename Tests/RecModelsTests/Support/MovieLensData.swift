import RecData
import Testing

extension Dataset {
  /// MovieLens' small data set, its rows sorted by user and item; ids are those of the file.
  ///
  /// - Parameter isKept: whether a row is part of it, by its place among all rows and its item's count of ratings. Users and
  ///   items without a row stay.
  static func movieLens(keeping isKept: (_ place: Int, _ itemCount: Int) -> Bool = { _, _ in true }) throws -> Dataset {
    let rows = try ReferenceFile.movieLensRatings().map { row in
      (
        user: try #require(Int64(row[0])), item: try #require(Int64(row[1])), rating: try #require(Float(row[2]))
      )
    }.sorted { ($0.user, $0.item) < ($1.user, $1.item) }
    let users = Set(rows.map(\.user)).sorted()
    let items = Set(rows.map(\.item)).sorted()
    let userPlaces = Dictionary(uniqueKeysWithValues: zip(users, 0...))
    let itemPlaces = Dictionary(uniqueKeysWithValues: zip(items, 0...))
    var counts = [Int](repeating: 0, count: items.count)
    for row in rows { counts[itemPlaces[row.item] ?? 0] += 1 }
    let entries = rows.enumerated().compactMap { place, row -> Entry? in
      let item = itemPlaces[row.item] ?? 0
      return isKept(place, counts[item]) ? Entry(userPlaces[row.user] ?? 0, item, row.rating) : nil
    }
    var data = Dataset(entries, users: users.count, items: items.count, scale: 0.5...5)
    data.entities = Entities(
      users: Vocabulary(sorted: .numbers(users)), items: Vocabulary(sorted: .numbers(items)),
      itemFields: FieldTable([]))
    return data
  }
}
