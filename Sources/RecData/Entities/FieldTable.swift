/// A field of every user or of every item, in index order.
package enum FieldColumn: Sendable, Equatable {
  /// Free text; empty where it is missing.
  case text(TextColumn)
  /// Several labels from a small set; none where it is missing.
  case categories(CategoryColumn)
  /// A number; NaN where it is missing.
  case number([Double])

  package var count: Int {
    switch self {
    case .text(let column): column.count
    case .categories(let column): column.count
    case .number(let column): column.count
    }
  }

  /// Whether a row has nothing in it.
  package func isMissing(_ row: Int) -> Bool {
    switch self {
    case .text(let column): column.utf8(row).isEmpty
    case .categories(let column): column.offsets[row] == column.offsets[row + 1]
    case .number(let column): column[row].isNaN
    }
  }

  /// Missing numbers are equal, although a NaN is not equal to itself.
  package static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.text(let left), .text(let right)): left == right
    case (.categories(let left), .categories(let right)): left == right
    case (.number(let left), .number(let right)):
      left == right || left.elementsEqual(right) { $0 == $1 || ($0.isNaN && $1.isNaN) }
    case (.text, _), (.categories, _), (.number, _): false
    }
  }
}

/// Labels from a small set, any number of them for each row; one-hot columns in compact form.
package struct CategoryColumn: Sendable, Equatable {
  /// The distinct labels, ascending by bytes.
  package let labels: [String]
  /// Row `i` has `members[offsets[i]..<offsets[i + 1]]`, places in `labels`; (count + 1,).
  package let offsets: [Int]
  package let members: [Int32]

  package var count: Int { offsets.count - 1 }

  package init(_ rows: [[String]]) {
    let labels = Set(rows.joined()).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let places = Dictionary(uniqueKeysWithValues: zip(labels, Int32(0)...))
    var offsets = [0]
    var members: [Int32] = []
    for row in rows {
      members.append(contentsOf: row.compactMap { places[$0] }.sorted())
      offsets.append(members.count)
    }
    self.labels = labels
    self.offsets = offsets
    self.members = members
  }

  /// `labels` ascend by bytes; the members of a row ascend.
  init(labels: [String], offsets: [Int], members: [Int32]) {
    self.labels = labels
    self.offsets = offsets
    self.members = members
  }

  package subscript(index: Int) -> [String] { members[offsets[index]..<offsets[index + 1]].map { labels[Int($0)] } }
}

/// What is known of each user or item beside its id: named fields, a row for each index of the vocabulary.
package struct FieldTable: Sendable, Equatable {
  /// In the order of the file.
  package private(set) var names: [String]
  package private(set) var columns: [FieldColumn]
  /// How many rows came from a file; the others are ids that only the ratings name.
  package let describedCount: Int

  package init(_ fields: [(name: String, column: FieldColumn)] = [], describedCount: Int = 0) {
    names = fields.map(\.name)
    columns = fields.map(\.column)
    self.describedCount = describedCount
  }

  package var isEmpty: Bool { names.isEmpty }

  package subscript(name: String) -> FieldColumn? {
    names.firstIndex(of: name).map { columns[$0] }
  }

  /// With other columns: one of a name that is there takes its place, the others stand behind all.
  package func setting(_ fields: [(name: String, column: FieldColumn)]) -> FieldTable {
    var result = self
    for (name, column) in fields {
      if let place = result.names.firstIndex(of: name) {
        result.columns[place] = column
      } else {
        result.names.append(name)
        result.columns.append(column)
      }
    }
    return result
  }

  /// The text of a field for people and for content: labels joined by a space, numbers as written, empty if missing.
  package func text(_ name: String, at index: Int) -> String {
    switch self[name] {
    case .text(let column): column[index]
    case .categories(let column): column[index].joined(separator: " ")
    case .number(let column): column[index].isNaN ? "" : column[index].description
    case nil: ""
    }
  }
}
