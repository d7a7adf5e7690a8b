internal import RecData

/// The histories of users who have rated since a model was trained, one behind the other, by the users' ids.
struct SavedHistories: Codable {
  let users: [String]
  /// User `i` has the entries `offsets[i]..<offsets[i + 1]`.
  let offsets: [Int]
  let items: [Int32]
  let values: [Float]

  init(_ histories: [UserID: History]) {
    let sorted = histories.sorted { $0.key.text < $1.key.text }
    users = sorted.map(\.key.text)
    offsets = sorted.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.value.items.count) }
    items = sorted.flatMap(\.value.items)
    values = sorted.flatMap(\.value.values)
  }

  /// The histories again; nil where the parts do not fit or an item is not below `itemCount`.
  func histories(itemCount: Int) -> [UserID: History]? {
    guard offsets.count == users.count + 1, offsets.first == 0, offsets.last == items.count,
      items.count == values.count, values.allSatisfy(\.isFinite)
    else { return nil }
    var histories: [UserID: History] = [:]
    for (place, user) in users.enumerated() {
      let (start, end) = (offsets[place], offsets[place + 1])
      guard start <= end, end <= items.count else { return nil }
      let own = Array(items[start..<end])
      guard own.allSatisfy({ $0 >= 0 && $0 < itemCount }), zip(own, own.dropFirst()).allSatisfy({ $0 < $1 }) else {
        return nil
      }
      histories[UserID(user)] = History(user: nil, items: own, values: Array(values[start..<end]))
    }
    return histories
  }
}
