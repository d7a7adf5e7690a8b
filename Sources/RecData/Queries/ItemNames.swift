/// Finds items by what people call them: id or title.
///
/// Titles are compared without regard to case, and `The Matrix (1999)` is the same as `Matrix, The (1999)`. Building it
/// sorts the titles, O(n log n); a lookup is a binary search.
package struct ItemNames: Sendable {
  private let entities: Entities
  /// The titles in lower case with their article in front, and the items in order of them.
  private let keys: TextColumn
  private let order: [Int32]

  package init(_ entities: Entities) {
    self.entities = entities
    guard case .text(let titles)? = entities.itemFields["title"] else {
      keys = TextColumn()
      order = []
      return
    }
    var keys = TextColumn()
    for item in 0..<titles.count { keys.append(utf8: Self.key(titles.utf8(item))) }
    self.keys = keys
    order = keys.sortedPlaces()
  }

  /// The item of this id; else every item of this title, in order of their ids; none where there is no such item.
  package func items(named name: String) -> [ItemIndex] {
    if let item = entities.items.index(of: ItemID(name)) { return [item] }
    let key = Self.key(Array(name.utf8)[...])
    guard !key.isEmpty else { return [] }
    let first = partitioningIndex(order.count) { !keys.utf8(Int(order[$0])).lexicographicallyPrecedes(key) }
    return order[first...].prefix { keys.utf8(Int($0)).elementsEqual(key) }.map { ItemIndex($0) }
  }

  /// Items whose title or id is close to a mistyped one, the closest first.
  ///
  /// A title is close when it begins with the text, holds its words, or differs by few letters; years and leading
  /// articles do not count.
  package func nearest(to name: String, count: Int = 3) -> [ItemIndex] {
    let key = Self.key(Array(name.utf8)[...])
    guard !key.isEmpty else { return [] }
    let wanted = Self.core(key[...])
    let limit = max(1, wanted.count / 4)
    var found: [(distance: Int, item: Int32)] = []
    for item in 0..<keys.count {
      let title = Self.core(keys.utf8(item))
      if let distance = Self.distance(wanted, title, limit) { found.append((distance, Int32(item))) }
    }
    for (rank, id) in NearestNames.nearest(
      to: name, among: entities.items.indices.lazy.map { entities.items[ItemIndex($0)].text }
    ).enumerated()
    where wanted.allSatisfy({ (0x30...0x39).contains($0) }) || keys.count == 0 {
      if let item = entities.items.index(of: ItemID(id)) { found.append((rank, Int32(item.raw))) }
    }
    return found.sorted { ($0.distance, $0.item) < ($1.distance, $1.item) }.prefix(count).map { ItemIndex($0.item) }
  }

  /// Titles that begin with a text, for completion, in order; without regard to case, to a leading article, or to where it
  /// stands.
  package func titles(beginningWith text: String, limit: Int = 100) -> [String] {
    var known: Set<Int32> = []
    var found: [Int32] = []
    for beginning in Self.beginnings(Self.lowercased(Array(text.utf8)[...])) {
      let first = partitioningIndex(order.count) { !keys.utf8(Int(order[$0])).lexicographicallyPrecedes(beginning) }
      let own = order[first...].prefix { keys.utf8(Int($0)).starts(with: beginning) }.prefix(limit)
      found += own.filter { known.insert($0).inserted }
    }
    return found.prefix(limit).map { entities.title(of: ItemIndex($0)) }
  }

  /// What keys may begin with: with the text, with an article in front of it, or with the one that it ends with.
  private static func beginnings(_ text: [UInt8]) -> [[UInt8]] {
    guard !text.isEmpty else { return [text] }
    let articles = ["the", "a", "an"].map { Array($0.utf8) + [0x20] }
    var beginnings = [text] + articles.map { $0 + text }
    // `matrix, th`
    if let comma = text.lastIndex(of: UInt8(ascii: ",")) {
      let rest = text[(comma + 1)...].drop { $0 == 0x20 }
      for article in articles where article.starts(with: rest) || rest.starts(with: article) {
        let year = rest.dropFirst(article.count)
        beginnings.append(article + text[..<comma] + (year.isEmpty ? [] : [0x20]) + year)
      }
    }
    return beginnings
  }

  /// 0 for the same, 1 for a beginning, 2 for a part, then by edits; nil where the two are not close.
  private static func distance(_ wanted: ArraySlice<UInt8>, _ title: ArraySlice<UInt8>, _ limit: Int) -> Int? {
    if title.starts(with: wanted) { return title.count == wanted.count ? 0 : 1 }
    if title.count > wanted.count, wanted.count >= 4 {
      for start in title.indices.dropLast(wanted.count - 1)
      where start > title.startIndex && title[start - 1] == 0x20 && title[start...].starts(with: wanted) {
        return 2
      }
    }
    guard abs(title.count - wanted.count) <= limit else { return nil }
    return EditDistance.between(Array(wanted), Array(title), atMost: limit).map { $0 + 2 }
  }

  /// `matrix, the (1999)` as `the matrix (1999)`, in lower case.
  static func key(_ title: ArraySlice<UInt8>) -> [UInt8] {
    var key = lowercased(title)
    while key.first == 0x20 { key.removeFirst() }
    while key.last == 0x20 { key.removeLast() }
    let end = withoutYear(key[...]).endIndex
    for article in [", the", ", a", ", an"] where key[..<end].reversed().starts(with: article.utf8.reversed()) {
      let year = key[end...]
      let name = key[..<(end - article.utf8.count)]
      return Array(article.utf8.dropFirst(2)) + [0x20] + name + year
    }
    return key
  }

  /// Everything before ` (1999)` at the end.
  private static func withoutYear(_ key: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard key.count > 7, !FieldTable.year(in: key).isNaN else { return key }
    var name = key.dropLast(6)
    while name.last == 0x20 { name.removeLast() }
    return name.isEmpty ? key : name
  }

  /// What of a key tells it from others: neither the article in front nor the year at the end.
  private static func core(_ key: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let name = withoutYear(key)
    for article in ["the ", "an ", "a "] where name.count > article.utf8.count && name.starts(with: article.utf8) {
      return name.dropFirst(article.utf8.count)
    }
    return name
  }

  private static func lowercased(_ text: ArraySlice<UInt8>) -> [UInt8] {
    if text.allSatisfy({ $0 < 0x80 }) { return text.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 } }
    return Array(String(decoding: text, as: UTF8.self).lowercased().utf8)
  }
}
