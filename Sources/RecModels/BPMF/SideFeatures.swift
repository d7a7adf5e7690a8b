internal import RecAlgebra
internal import RecData

/// What is known of the users or of the items, as labels: groups of columns that a factorization can weigh.
struct SideFeatures: Sendable {
  /// One field.
  struct Group: Sendable {
    /// What each column stands for, for people.
    let labels: [String]
    /// rows × labels; the squares of a row sum to 1.
    let matrix: SparseRows
  }

  private(set) var groups: [Group] = []

  /// Numbers become at most so many ranges, each of about as many rows.
  static let rangeCount = 16
  /// A text has so many rows for each of its values or more where it counts as a label without being named.
  private static let rowsPerText = 5

  /// - Parameters:
  ///   - fields: Which fields; nil for every field that tells groups of rows apart, and the year in titles.
  ///   - rowCount: Rows of the side; those that the table does not describe have no labels.
  init(_ table: FieldTable, fields: [String]?, rowCount: Int) {
    let years = table.yearsStandInTitles ? ["year"] : []
    for name in fields ?? table.names + years {
      let rows: [[String]]
      switch table[name] {
      case .categories(let column): rows = (0..<column.count).map { column[$0] }
      case .number(let numbers): rows = Self.ranges(numbers, name)
      case .text(let column):
        let texts = (0..<column.count).map { column[$0] }
        if fields == nil, Set(texts).count * Self.rowsPerText > texts.count { continue }
        rows = texts.map { $0.isEmpty ? [] : [$0] }
      case nil:
        guard years.contains(name) else { continue }
        rows = Self.ranges((0..<(table["title"]?.count ?? 0)).map { table.yearInTitle(at: $0) }, name)
      }
      add(rows, rowCount)
    }
  }

  /// The names that can be asked for.
  static func known(_ table: FieldTable) -> [String] { table.names + (table.yearsStandInTitles ? ["year"] : []) }

  /// Adds a group; labels of a single row are left out, since the row's own factors say the same.
  private mutating func add(_ rows: [[String]], _ rowCount: Int) {
    let column = CategoryColumn(rows)
    var counts = [Int](repeating: 0, count: column.labels.count)
    for member in column.members { counts[Int(member)] += 1 }
    var places = [Int32](repeating: -1, count: counts.count)
    var labels: [String] = []
    for (place, label) in column.labels.enumerated() where counts[place] > 1 {
      places[place] = Int32(labels.count)
      labels.append(label)
    }
    if labels.isEmpty { return }
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for row in 0..<rowCount {
      if row < column.count {
        let members = column.members[column.offsets[row]..<column.offsets[row + 1]].map { places[Int($0)] }
          .filter { $0 >= 0 }
        columns += members
        values += members.map { _ in 1 / Float(members.count).squareRoot() }
      }
      offsets.append(columns.count)
    }
    groups.append(
      Group(
        labels: labels,
        matrix: SparseRows(
          rowCount: rowCount, columnCount: labels.count, offsets: offsets, columns: columns, values: values)))
  }

  /// The range of each number, as a label such as "year 1994..1996"; none where the number is missing.
  ///
  /// Equal numbers are in one range. Ranges are cut so that each has its share of the rows or more.
  private static func ranges(_ numbers: [Double], _ name: String) -> [[String]] {
    let sorted = numbers.filter { !$0.isNaN }.sorted()
    let share = max(1, Double(sorted.count) / Double(rangeCount))
    var lowest: [Double] = []
    var highest: [Double] = []
    for (place, number) in sorted.enumerated() {
      let begins =
        lowest.isEmpty || (number != highest[highest.count - 1] && Double(place) >= share * Double(lowest.count))
      if begins {
        lowest.append(number)
        highest.append(number)
      } else {
        highest[highest.count - 1] = number
      }
    }
    let labels = zip(lowest, highest).map { low, high in
      low == high ? "\(name) \(written(low))" : "\(name) \(written(low))..\(written(high))"
    }
    return numbers.map { number in
      // The last range that does not begin above the number.
      let place = lowest.partitioningIndex { $0 > number }
      return number.isNaN || place == 0 ? [] : [labels[place - 1]]
    }
  }

  private static func written(_ number: Double) -> String {
    Int64(exactly: number).map { String($0) } ?? number.description
  }
}

extension [Double] {
  /// The first index for which a condition that is false and then true holds; the count where it never does.
  fileprivate func partitioningIndex(_ belongs: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
