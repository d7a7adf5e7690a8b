import RecAlgebra
import RecData

extension Dataset {
  /// The first interactions, in the order of users and items.
  func head(_ count: Int) -> Table { rows(in: 0..<min(count, self.count)) }

  /// Interactions by their place.
  ///
  /// Where models learn from normalized ratings, these stand beside.
  func rows(in range: Range<Int>) -> Table { rows(in: range, shownNormalization) }

  /// What models find here where they normalize; nil where they do not, or do not learn from it.
  private var shownNormalization: FittedNormalization? {
    guard role == .whole || role == .train, feedback != .events else { return nil }
    return preparation.normalization.map { FittedNormalization($0, on: interactions) }
  }

  private func rows(in range: Range<Int>, _ normalization: FittedNormalization?) -> Table {
    var columns = [Table.Column("user", .text), Table.Column("item", .text)]
    let hasTitles = entities.itemFields["title"] != nil
    if hasTitles { columns.append(Table.Column("title", .text)) }
    columns.append(Table.Column(feedback == .events ? "weight" : "rating", .decimals(decimalCount)))
    if normalization != nil { columns.append(Table.Column("normalized", .decimals(3))) }
    if !times.isEmpty { columns.append(Table.Column("time", .text)) }
    var cells: [[Table.Cell]] = []
    var user = 0
    var normalized: (user: Int, values: [Float]) = (-1, [])
    for entry in range {
      while interactions.row(user).upperBound <= entry { user += 1 }
      let item = ItemIndex(interactions.columns[entry])
      var row: [Table.Cell] = [
        .text(entities.users[UserIndex(user)].text), .text(entities.items[item].text),
      ]
      if hasTitles { row.append(.text(entities.title(of: item))) }
      row.append(.number(Double(interactions.values[entry])))
      if let normalization {
        let own = interactions.row(user)
        if normalized.user != user {
          normalized = (
            user, normalization.normalized(items: interactions.columns[own], ratings: interactions.values[own])
          )
        }
        row.append(.number(Double(normalized.values[entry - own.lowerBound])))
      }
      if !times.isEmpty { row.append(.text(moment(times[entry]))) }
      cells.append(row)
    }
    return Table(columns: columns, rows: cells)
  }

  /// All interactions, made group by group as a writer needs them.
  func allRows() -> Table {
    let group = 10_000
    let normalization = shownNormalization
    var table = rows(in: 0..<0, normalization)
    table.rows = .lazy(groupCount: (count + group - 1) / group, summary: counted(count, "row")) { part in
      rows(in: part * group..<min((part + 1) * group, count), normalization).firstRows
    }
    return table
  }

  /// Digits that the values need: none for whole numbers, one for half stars.
  var decimalCount: Int {
    let sample = interactions.values.prefix(1000)
    if sample.allSatisfy({ $0 == $0.rounded() }) { return 0 }
    return sample.allSatisfy { $0 * 10 == ($0 * 10).rounded() } ? 1 : 3
  }

  /// The first items with their fields.
  func itemHead(_ count: Int) -> Table {
    Self.table(entities.itemFields, idName: "item", count: min(count, entities.items.count)) {
      entities.items[ItemIndex($0)].text
    }
  }

  /// The first users with their fields.
  func userHead(_ count: Int) -> Table {
    Self.table(entities.userFields, idName: "user", count: min(count, entities.users.count)) {
      entities.users[UserIndex($0)].text
    }
  }

  private static func table(_ fields: FieldTable, idName: String, count: Int, id: (Int) -> String) -> Table {
    let columns = zip(fields.names, fields.columns).map { name, column -> Table.Column in
      if case .number(let values) = column {
        let whole = values.prefix(1000).allSatisfy { $0.isNaN || $0 == $0.rounded() }
        return Table.Column(name, .decimals(whole ? 0 : 3))
      }
      return Table.Column(name, .text)
    }
    let rows = (0..<count).map { index -> [Table.Cell] in
      [.text(id(index))]
        + zip(fields.names, fields.columns).map { name, column -> Table.Cell in
          switch column {
          case .number(let values): Table.Cell(values[index])
          case .categories(let labels): .text(labels[index].joined(separator: ", "))
          case .text: .text(fields.text(name, at: index))
          }
        }
    }
    return Table(columns: [Table.Column(idName, .text)] + columns, rows: rows)
  }
}
