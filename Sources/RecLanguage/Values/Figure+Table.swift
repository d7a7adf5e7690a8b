extension Figure {
  /// Why a table cannot be drawn as asked.
  enum TableProblem: Error {
    case noLabels
    case noCutoffs
  }

  /// A line through the rows for each column, in the order of x; intervals beside the columns become bands.
  static func lines(of table: Table, x: Int, columns: [Int]) -> Figure {
    let rows = table.firstRows
    let series = columns.map { column in
      let interval = table.interval(ofColumn: column)
      let points = rows.compactMap { row -> Point? in
        guard let x = row[x].number, let y = row[column].number else { return nil }
        return Point(
          x: x, y: y, low: interval.flatMap { row[$0.low].number }, high: interval.flatMap { row[$0.high].number })
      }
      return Series(table.columns[column].name, points.sorted { $0.x < $1.x })
    }
    let yName = columns.count == 1 ? table.columns[columns[0]].name : "value"
    return Figure(
      title: "\(yName) against \(table.columns[x].name)", mark: .line, x: Axis(table.columns[x].name), y: Axis(yName),
      series: series)
  }

  /// A row for each row of the table, with the interval of its value where the table has one.
  static func comparison(of table: Table, value: Int, named name: String) throws(TableProblem) -> Figure {
    guard let labels = table.labelColumn else { throw .noLabels }
    let column = table.columns[value]
    let rows = table.firstRows
    let names = table.names(of: rows, by: labels)
    guard let interval = table.interval(ofColumn: value) else {
      let points = rows.enumerated().compactMap { place, row in
        row[value].number.map { Point(x: Double(place), y: $0, label: names[place]) }
      }
      return Figure(
        title: Self.title(column.name, of: name), mark: .bar, x: Axis(table.columns[labels].name, scale: .band),
        y: Axis(column.name), series: [Series(column.name, points)])
    }
    let points = rows.enumerated().compactMap { place, row in
      row[value].number.map { number in
        Point(
          x: number, y: Double(place), label: names[place], low: row[interval.low].number,
          high: row[interval.high].number)
      }
    }
    let ends = points.flatMap { [$0.low ?? $0.x, $0.high ?? $0.x] }
    // A difference is judged by whether its interval holds zero.
    let isDifference = table.title == "differences" || (ends.min() ?? 0) < 0
    return Figure(
      title: Self.title(column.name, of: name) + " with 95% intervals", mark: .interval, x: Axis(column.name),
      y: Axis(table.columns[labels].name, scale: .band), series: [Series(column.name, points)],
      reference: isDifference ? 0 : nil)
  }

  /// `it` is no name that a reader of the chart would know.
  private static func title(_ what: String, of name: String) -> String { name == "it" ? what : "\(what) of \(name)" }

  /// Precision against recall at each list length that the table has both for: a line for each row.
  static func precisionRecall(of table: Table, named name: String) throws(TableProblem) -> Figure {
    let cutoffs = table.precisionRecallColumns
    guard !cutoffs.isEmpty else { throw .noCutoffs }
    let series = table.firstRows.enumerated().map { place, row in
      let points = cutoffs.compactMap { cutoff -> Point? in
        guard let x = row[cutoff.recall].number, let y = row[cutoff.precision].number else { return nil }
        return Point(x: x, y: y, label: "@\(cutoff.length)")
      }
      return Series(table.labelColumn.map { row[$0].words } ?? String(place + 1), points)
    }
    return Figure(
      title: Self.title("precision and recall by the length of lists", of: name), mark: .line, x: Axis("recall"),
      y: Axis("precision"), series: series)
  }
}

extension Table {
  /// The places of the columns with the ends of a column's interval.
  func interval(ofColumn place: Int) -> (low: Int, high: Int)? {
    let name = columns[place].name
    func end(_ role: Role, _ word: String) -> Int? {
      columns.firstIndex { $0.role == role } ?? self.place(ofColumn: "\(name)_\(word)") ?? self.place(ofColumn: word)
    }
    guard let low = end(.low(of: name), "low"), let high = end(.high(of: name), "high"), low != place, high != place
    else { return nil }
    return (low, high)
  }

  /// What rows are of: the label column, and where rows share a label, every column of text that tells some apart.
  func names(of rows: [[Cell]], by label: Int) -> [String] {
    let labels = rows.map { $0[label].words }
    guard Set(labels).count < labels.count else { return labels }
    let telling = columns.indices.filter { column in
      columns[column].style == .text && Set(rows.map { $0[column].words }).count > 1
    }
    return telling.isEmpty ? labels : rows.map { row in telling.map { row[$0].words }.joined(separator: " ") }
  }

  /// The column that says what a row is of: `title`, else the first of text.
  var labelColumn: Int? {
    if let title = place(ofColumn: "title"), columns[title].style == .text { return title }
    return columns.firstIndex { $0.style == .text }
  }

  /// The columns of precision and recall at the same list length, ascending; empty where there are fewer than two.
  var precisionRecallColumns: [(length: Int, precision: Int, recall: Int)] {
    let pairs = columns.indices.compactMap { column -> (length: Int, precision: Int, recall: Int)? in
      let name = columns[column].name
      guard name.hasPrefix("precision@"), let length = Int(name.dropFirst("precision@".count)),
        let recall = place(ofColumn: "recall@\(length)")
      else { return nil }
      return (length, column, recall)
    }
    return pairs.count < 2 ? [] : pairs.sorted { $0.length < $1.length }
  }
}

extension Table.Cell {
  /// The number that it is, if it is one.
  package var number: Double? {
    switch self {
    case .count(let count): Double(count)
    case .number(let number): number.isFinite ? number : nil
    case .text(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    case .undefined: nil
    }
  }

  /// What it says, as a label.
  fileprivate var words: String {
    switch self {
    case .text(let text): text
    case .count(let count): grouped(count)
    case .number(let number): plain(number)
    case .undefined: "–"
    }
  }
}
