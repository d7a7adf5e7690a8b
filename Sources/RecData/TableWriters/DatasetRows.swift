import RecAlgebra

/// The ratings of a dataset as rows: `userId,movieId,rating,timestamp` in MovieLens' words, a group for each thousand users.
package struct DatasetRows: TableRows {
  private let dataset: Dataset
  private var nextUser = 0

  package init(_ dataset: Dataset) { self.dataset = dataset }

  package var tableName: String? { "ratings" }

  package var columnNames: [String] {
    var names = ["userId", "itemId", dataset.feedback == .events ? "weight" : "rating"]
    if !dataset.times.isEmpty { names.append("timestamp") }
    return names
  }

  package var fractionDone: Double {
    let rows = dataset.interactions
    return rows.entryCount == 0 ? 1 : Double(rows.offsets[nextUser]) / Double(rows.entryCount)
  }

  package mutating func next() -> [[TableCell]]? {
    let rows = dataset.interactions
    guard nextUser < rows.rowCount else { return nil }
    let users = nextUser..<min(rows.rowCount, nextUser + 1000)
    nextUser = users.upperBound
    return users.flatMap { user -> [[TableCell]] in
      let id = TableCell.text(dataset.entities.users[UserIndex(user)].text)
      return rows.row(user).map { entry in
        let item = TableCell.text(dataset.entities.items[ItemIndex(rows.columns[entry])].text)
        // A Float's shortest digits, not those of the Double it becomes.
        let value = Double("\(rows.values[entry])").map(TableCell.number) ?? .missing
        let cells = [id, item, value]
        return dataset.times.isEmpty ? cells : cells + [.integer(dataset.times[entry])]
      }
    }
  }
}

/// Users or items with their fields as rows: the id first, labels between bars.
package struct EntityRows<Kind: EntityKind>: TableRows {
  private let ids: Vocabulary<Kind>
  private let fields: FieldTable
  private let idName: String
  private var nextRow = 0

  package init(_ ids: Vocabulary<Kind>, _ fields: FieldTable) {
    self.ids = ids
    self.fields = fields
    idName = Kind.noun + "Id"
  }

  package var tableName: String? { Kind.noun + "s" }

  package var columnNames: [String] { [idName] + fields.names }

  package var fractionDone: Double { Double(nextRow) / Double(max(1, ids.count)) }

  package mutating func next() -> [[TableCell]]? {
    guard nextRow < ids.count else { return nil }
    let rows = nextRow..<min(ids.count, nextRow + 1000)
    nextRow = rows.upperBound
    return rows.map { row in
      [.text(ids[Index(row)].text)]
        + fields.columns.map { column in
          switch column {
          case .text(let texts): texts.utf8(row).isEmpty ? .missing : .text(texts[row])
          case .categories(let labels): labels[row].isEmpty ? .missing : .text(labels[row].joined(separator: "|"))
          case .number(let numbers): numbers[row].isNaN ? .missing : .number(numbers[row])
          }
        }
    }
  }
}
