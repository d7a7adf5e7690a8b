import RecKernels

/// The ids of a column that was scanned: its vocabulary, and how its codes become indices.
struct RankedIDs<Kind: EntityKind>: Sendable {
  let vocabulary: Vocabulary<Kind>
  /// For some rows the index of each code; where a table is nil, codes are indices.
  let tables: [(rows: Range<Int>, ranks: [Int32]?)]

  init(_ scanned: ScannedIDs, workers: Workers) {
    switch scanned.meaning {
    case .numbers(let numbers):
      vocabulary = Vocabulary(sorted: .numbers(numbers))
      tables = [(0..<scanned.codes.count, nil)]
    case .texts(let texts):
      let parts = workers.map(texts.count) { SortedPart($0, texts: texts) }
      if parts.allSatisfy({ $0.numbers != nil }) {
        let lists = parts.compactMap(\.numbers)
        let merged = Set(lists.joined()).sorted()
        vocabulary = Vocabulary(sorted: .numbers(merged))
        let places = Dictionary(uniqueKeysWithValues: zip(merged, Int32(0)...))
        tables = zip(parts, lists).map { part, numbers in (part.rows, numbers.map { places[$0] ?? 0 }) }
      } else {
        let merged = Self.merge(parts.map(\.texts))
        vocabulary = Vocabulary(sorted: .texts(merged))
        let ranks = workers.map(parts.count) { parts[$0].ranks(in: merged) }
        tables = zip(parts, ranks).map { ($0.rows, $1) }
      }
    }
  }

  private static func merge(_ columns: [TextColumn]) -> TextColumn {
    if columns.count <= 1 { return columns.first ?? TextColumn() }
    let half = columns.count / 2
    return Vocabulary<Kind>.union(merge(Array(columns[..<half])), merge(Array(columns[half...])))
  }

  /// Turns codes into indices of a larger vocabulary, given the index there of each index here (nil: the same).
  func translate(_ codes: inout [Int32], into larger: [Int32]?, _ workers: Workers) {
    for (rows, ranks) in tables {
      let table: [Int32]? =
        switch (ranks, larger) {
        case (let ranks?, let larger?): ranks.map { larger[Int($0)] }
        case (let ranks?, nil): ranks
        case (nil, let larger): larger
        }
      if let table { CodeColumns.translate(&codes, in: rows, by: table, workers) }
    }
  }
}

/// The texts of one part of the rows, sorted.
private struct SortedPart: Sendable {
  let rows: Range<Int>
  /// Ascending.
  let texts: TextColumn
  /// The place among `texts` of each code.
  let places: [Int32]
  /// By code, where all are whole numbers.
  let numbers: [Int64]?

  init(_ part: Int, texts tables: [TextTable]) {
    let table = tables[part]
    rows = table.rows
    let column = TextColumn(bytes: table.bytes, offsets: table.starts.map { Int($0) })
    let order = column.sortedPlaces()
    var sorted = TextColumn()
    var places = [Int32](repeating: 0, count: order.count)
    for (rank, place) in order.enumerated() {
      sorted.append(utf8: column.utf8(Int(place)))
      places[Int(place)] = Int32(rank)
    }
    texts = sorted
    self.places = places
    var numbers: [Int64]? = []
    for code in 0..<column.count {
      guard let number = Vocabulary<User>.canonicalNumber(column.utf8(code)) else {
        numbers = nil
        break
      }
      numbers?.append(number)
    }
    self.numbers = numbers
  }

  /// The rank of each code in a column that holds all of this part's texts.
  func ranks(in all: TextColumn) -> [Int32] {
    var ranks: [Int32] = []
    ranks.reserveCapacity(texts.count)
    var place = 0
    for rank in 0..<texts.count {
      while !all.utf8(place).elementsEqual(texts.utf8(rank)) { place += 1 }
      ranks.append(Int32(place))
    }
    return places.map { ranks[Int($0)] }
  }
}

extension ScannedRows {
  /// Leaves only some rows, given by ascending places; codes keep their meaning.
  mutating func keep(_ places: [Int]) {
    users = users.keeping(places)
    items = items.keeping(places)
    if !ratings.isEmpty { ratings = places.map { ratings[$0] } }
    if !times.isEmpty { times = places.map { times[$0] } }
  }
}

extension ScannedIDs {
  func keeping(_ places: [Int]) -> ScannedIDs {
    let kept = places.map { codes[$0] }
    switch meaning {
    case .numbers(let numbers):
      // Numbers that no row has any more must not stay in the vocabulary.
      let used = Set(kept).sorted()
      let ranks = Dictionary(uniqueKeysWithValues: zip(used, Int32(0)...))
      return ScannedIDs(codes: kept.map { ranks[$0] ?? 0 }, meaning: .numbers(used.map { numbers[Int($0)] }))
    case .texts(let tables):
      var codes = kept
      let moved = tables.map { table -> TextTable in
        let first = partitioningIndex(places.count) { places[$0] >= table.rows.lowerBound }
        let last = partitioningIndex(places.count) { places[$0] >= table.rows.upperBound }
        let used = Set(kept[first..<last]).sorted()
        let ranks = Dictionary(uniqueKeysWithValues: zip(used, Int32(0)...))
        for place in first..<last { codes[place] = ranks[kept[place]] ?? 0 }
        return TextTable(rows: first..<last, texts: used.map { table[Int($0)] })
      }
      return ScannedIDs(codes: codes, meaning: .texts(moved))
    }
  }
}
