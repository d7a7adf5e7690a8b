/// Where a path of fields has come to: a value, or rows of a table that it has narrowed down.
///
/// Rows are fields by their first column (`it.svd`), columns are fields of a row (`it.svd.rmse`). Several rows with one
/// key, as a loop gives, are told apart by the next column (`sweep.20.svd.rmse`). A table of one row lets the row be left
/// out, and one whose first column holds no numbers has its rows by number, too (`it.1.title`).
enum FieldPlace {
  case value(Value)
  /// Rows of a table that `key` columns have chosen.
  case rows(Table, [[Table.Cell]], key: Int)

  /// What the path gives when it ends here.
  var value: Value {
    switch self {
    case .value(let value): return value
    case .rows(var table, let rows, _):
      table.rows = .stored(rows)
      table.notes = []
      return .table(table)
    }
  }

  /// The place of a field.
  ///
  /// - Parameter path: what has been gone through, for messages.
  func field(_ field: Name, of path: String) throws(Diagnostic) -> FieldPlace {
    switch self {
    case .rows(let table, let rows, let key):
      return try Self.field(field, of: path, table, rows, key: key, countsRows: false)
    case .value(.table(let table)):
      return try Self.field(field, of: path, table, table.allRows, key: 0, countsRows: true)
    case .value(.dataset(let dataset)):
      if field.text == "items" { return .value(.items(dataset)) }
      if field.text == "users" { return .value(.users(dataset)) }
      return try Self.fact(field, of: path, Summary(of: dataset, named: ""))
    case .value(.items(let dataset)):
      return try Self.field(field, of: path, dataset.itemHead(.max), nil, key: 0, countsRows: false)
    case .value(.users(let dataset)):
      return try Self.field(field, of: path, dataset.userHead(.max), nil, key: 0, countsRows: false)
    case .value(.model(let model)):
      return try Self.fact(field, of: path, Summary(of: model))
    case .value(let value):
      throw Diagnostic(
        .unknownField, "\(Diagnostic.quoted(path)) is \(value.kindPhrase) and has no fields", at: field.range)
    }
  }

  private static func field(
    _ field: Name, of path: String, _ table: Table, _ given: [[Table.Cell]]?, key: Int, countsRows: Bool
  ) throws(Diagnostic) -> FieldPlace {
    let rows = given ?? table.allRows
    let column = table.place(ofColumn: field.text)
    if rows.count == 1, let column { return .value(rows[0][column].value) }
    let matching = key < table.columns.count ? rows.filter { $0[key].matches(field.text) } : []
    if !matching.isEmpty { return .rows(table, matching, key: key + 1) }
    if countsRows, let number = Int(field.text), rows.indices.contains(number - 1),
      !rows.contains(where: \.startsWithNumber)
    {
      return .rows(table, [rows[number - 1]], key: 1)
    }
    let keys = key < table.columns.count ? rows.prefix(20).map { $0[key].text } : []
    if column != nil {
      throw Diagnostic(
        .unknownField, "\(Diagnostic.quoted(path)) has \(counted(rows.count, "row")), not one", at: field.range,
        hint: keys.first.map { "name a row, such as \(path).\(fieldText($0)).\(field.text)" })
    }
    let names = table.columns.map(\.name)
    throw Diagnostic(
      .unknownField, "no row and no column \(Diagnostic.quoted(field.text)) in \(Diagnostic.quoted(path))",
      at: field.range, hint: didYouMean(nearest(field.text, in: rows.count == 1 ? names : keys + names)),
      help: "columns: \(names.joined(separator: ", "))")
  }

  private static func fact(
    _ field: Name, of path: String, _ summary: Summary
  ) throws(Diagnostic) -> FieldPlace {
    let wanted = field.text.lowercased()
    var names: [String] = []
    for fact in summary.facts {
      var facts = [fact]
      if case .record(let inner) = fact.value { facts = inner }
      for fact in facts {
        if fact.name.lowercased() == wanted { return .value(fact.value.asValue) }
        names.append(fact.name)
      }
    }
    throw Diagnostic(
      .unknownField, "\(Diagnostic.quoted(path)) has no field \(Diagnostic.quoted(field.text))", at: field.range,
      hint: didYouMean(nearest(field.text, in: names)), help: "fields: \(names.joined(separator: ", "))")
  }

  /// A key as it would stand in a path.
  private static func fieldText(_ key: String) -> String {
    let isPlain = key.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" }
    return isPlain && !key.isEmpty ? key : "\"\(key)\""
  }
}

extension Table {
  /// Every row; a lazy table makes them all.
  var allRows: [[Cell]] {
    switch rows {
    case .stored(let rows): rows
    case .lazy(let groupCount, _, let make): (0..<groupCount).flatMap(make)
    }
  }
}

extension Table.Cell {
  /// The cell as a value of the language; undefined is NaN.
  var value: Value {
    switch self {
    case .text(let text): .text(text)
    case .count(let count): .number(Double(count))
    case .number(let number): .number(number)
    case .undefined: .number(.nan)
    }
  }

  /// The cell as one would type it.
  var text: String {
    switch self {
    case .text(let text): text
    case .count(let count): String(count)
    case .number(let number): plain(number)
    case .undefined: ""
    }
  }

  /// Whether a field's name is this cell: text letter for letter, numbers by value.
  func matches(_ field: String) -> Bool {
    switch self {
    case .text(let text): text == field
    case .count(let count): (try? Literal.number(field)) == Double(count)
    case .number(let number): (try? Literal.number(field)) == number
    case .undefined: false
    }
  }
}

extension [Table.Cell] {
  fileprivate var startsWithNumber: Bool {
    switch first {
    case .count, .number: true
    case .text, .undefined, nil: false
    }
  }
}

extension Summary.FactValue {
  /// The fact as a value of the language.
  var asValue: Value {
    switch self {
    case .cell(let cell): cell.value
    case .words, .record: .text(words)
    }
  }
}
