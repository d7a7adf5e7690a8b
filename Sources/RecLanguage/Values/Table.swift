/// Rows under named columns, as numbers and text; how they look is the renderers' work.
package struct Table: Sendable {
  /// A heading that changes what the numbers mean, such as "training error" or "differences"; nil for most.
  package var title: String?
  /// The line above the table for people, such as what counts as relevant.
  package var heading: String?
  package var columns: [Column]
  package var rows: Rows
  /// Lines below the table for people.
  package var notes: [String]

  package init(
    title: String? = nil, heading: String? = nil, columns: [Column], rows: [[Cell]], notes: [String] = []
  ) {
    self.init(title: title, heading: heading, columns: columns, rows: .stored(rows), notes: notes)
  }

  package init(title: String? = nil, heading: String? = nil, columns: [Column], rows: Rows, notes: [String] = []) {
    self.title = title
    self.heading = heading
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }

  /// A column and how its cells read.
  package struct Column: Sendable, Equatable {
    /// The stable name that scripts and programs rely on.
    package let name: String
    package let style: Style
    package let role: Role

    package init(_ name: String, _ style: Style, role: Role = .plain) {
      self.name = name
      self.style = style
      self.role = role
    }
  }

  /// How people see the cells of a column.
  package enum Style: Sendable, Equatable {
    case text
    /// Whole numbers, grouped by thousands.
    case count
    /// Numbers with so many digits after the point.
    case decimals(Int)
    /// A share of 1, shown as a percentage with so many digits after the point.
    case percent(Int)
  }

  /// What a column is for; programs get every column, people's renderers may fold some.
  package enum Role: Sendable, Equatable {
    case plain
    /// The lower end of the interval of another column; shown in that column's cell.
    case low(of: String)
    /// The upper end of the interval of another column.
    case high(of: String)
    /// Background to the row: where all rows agree, people read it once, below the table.
    case context
  }

  /// One value.
  package enum Cell: Sendable, Equatable {
    case text(String)
    case count(Int)
    case number(Double)
    /// Undefined: `–` for people, `null` for programs.
    case undefined
  }

  /// The rows, held or made as they are needed.
  package enum Rows: Sendable {
    case stored([[Cell]])
    /// `count` groups, each made on demand by its number and giving any number of rows, such as a list for each user.
    case lazy(groupCount: Int, summary: String, make: @Sendable (Int) -> [[Cell]])
  }

  /// The rows that are held; of a lazy table the first ten.
  package var firstRows: [[Cell]] {
    if case .stored(let rows) = rows { rows } else { firstRows(10) }
  }

  /// At most so many rows; a lazy table makes no more groups than they need.
  package func firstRows(_ count: Int) -> [[Cell]] {
    switch rows {
    case .stored(let rows): return Array(rows.prefix(count))
    case .lazy(let groupCount, _, let make):
      var rows: [[Cell]] = []
      for group in 0..<groupCount where rows.count < count { rows += make(group) }
      return Array(rows.prefix(count))
    }
  }

  /// The place of a column, by name without regard to case.
  package func place(ofColumn name: String) -> Int? {
    let wanted = name.lowercased()
    return columns.firstIndex { $0.name.lowercased() == wanted }
  }
}

extension Table.Cell {
  /// A number where it is defined: finite and not missing.
  package init(_ number: Double?) {
    if let number, number.isFinite { self = .number(number) } else { self = .undefined }
  }
}
