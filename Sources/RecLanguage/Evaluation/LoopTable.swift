/// Collects the values of a loop's rounds into one table, with the loop's variable as first column.
///
/// Columns stand in the order in which they first came; where a round lacks one, its cells are undefined. A title or a
/// heading, which change what numbers mean, stay where all rounds have the same.
struct LoopTable {
  private let variable: String
  private var items: [String] = []
  private var columns: [Table.Column] = []
  private var places: [String: Int] = [:]
  private var rows: [[Table.Cell]] = []
  /// Whether a number in the column `value` is not whole.
  private var hasFractions = false
  private var titles: Set<String?> = []
  private var headings: Set<String?> = []

  init(variable: String) {
    self.variable = variable
  }

  /// Adds what a round gave: the rows of a table, a number or text as `value`, a summary of anything else.
  mutating func append(_ value: Value, for item: String) {
    switch value {
    case .table(let table):
      titles.insert(table.title)
      headings.insert(table.heading)
      for row in table.allRows { append(Array(zip(table.columns, row)), for: item) }
    case .number(let number):
      if number.isFinite, number != number.rounded() { hasFractions = true }
      append([(Table.Column("value", .decimals(0)), Table.Cell(number))], for: item)
    case .text(let text): append([(Table.Column("value", .text), .text(text))], for: item)
    case .figure(let figure): append([(Table.Column("figure", .text), .text(figure.title))], for: item)
    case .dataset(let dataset): append(Summary(of: dataset, named: ""), for: item)
    case .items(let dataset): append(Summary(itemsOf: dataset, named: ""), for: item)
    case .users(let dataset): append(Summary(usersOf: dataset, named: ""), for: item)
    case .model(let model): append(Summary(of: model), for: item)
    }
  }

  private mutating func append(_ summary: Summary, for item: String) {
    let name = summary.name.isEmpty ? [] : [(Table.Column("name", .text), Table.Cell.text(summary.name))]
    let facts = summary.facts.compactMap { fact -> (Table.Column, Table.Cell)? in
      switch fact.value {
      case .cell(let cell): (Table.Column(fact.name, cell.style), cell)
      case .words: (Table.Column(fact.name, .text), .text(fact.value.words))
      case .record: nil
      }
    }
    append(name + facts, for: item)
  }

  private mutating func append(_ cells: [(Table.Column, Table.Cell)], for item: String) {
    var row = [Table.Cell](repeating: .undefined, count: columns.count)
    for (column, cell) in cells {
      if let place = places[column.name] {
        row[place] = cell
      } else {
        places[column.name] = columns.count
        columns.append(column)
        row.append(cell)
      }
    }
    rows.append(row)
    items.append(item)
  }

  /// The table; nil where no round gave anything.
  var table: Table? {
    guard !rows.isEmpty else { return nil }
    var columns = columns
    var rows = rows.map { $0 + [Table.Cell](repeating: .undefined, count: columns.count - $0.count) }
    if hasFractions, let place = places["value"] { columns[place] = Table.Column("value", .decimals(4)) }
    if let place = places[variable] {
      // A column of the rounds' own that says the same is not said twice; one that says something else keeps a name.
      if zip(rows, items).allSatisfy({ $0[place].text == $1 }) {
        columns.remove(at: place)
        for row in rows.indices { rows[row].remove(at: place) }
      } else {
        columns[place] = Table.Column(variable + "_2", columns[place].style, role: columns[place].role)
      }
    }
    let first = firstColumn
    return Table(
      title: titles.count == 1 ? titles.first ?? nil : nil,
      heading: headings.count == 1 ? headings.first ?? nil : nil,
      columns: [first.column] + columns, rows: zip(first.cells, rows).map { [$0] + $1 })
  }

  /// The loop's variable: numbers where every item is one as we would write it, else text.
  private var firstColumn: (column: Table.Column, cells: [Table.Cell]) {
    let numbers = items.compactMap { item in (try? Literal.number(item)).flatMap { plain($0) == item ? $0 : nil } }
    guard numbers.count == items.count else {
      return (Table.Column(variable, .text), items.map { .text($0) })
    }
    let places = items.map(Literal.decimalCount).max() ?? 0
    return (Table.Column(variable, .decimals(places)), numbers.map { .number($0) })
  }
}

extension Table.Cell {
  fileprivate var style: Table.Style {
    switch self {
    case .text, .undefined: .text
    case .count: .count
    case .number: .decimals(4)
    }
  }
}
