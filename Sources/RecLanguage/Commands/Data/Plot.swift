import RecData
import RecModels

extension Command {
  /// A chart of data, a model or a table.
  static let plot = Command(
    "plot", .data, summary: "draw ratings, what a model learned, or the columns of a table",
    operands: [
      Operand("thing", .name, .optional, "a dataset, a model or a table; without it the value of the last statement")
    ],
    options: [
      OptionSpec("x", .fields, "the column along the horizontal axis; the first with numbers"),
      OptionSpec("y", .fields, list: true, "the columns to draw; the next with numbers"),
      .choice(
        "kind", default: "auto",
        [
          Choice("auto", "a histogram for data and single columns, else a line"),
          Choice("histogram", "how often each value occurs"), Choice("line", "points joined in the order of x"),
        ], "what is drawn"),
    ],
    examples: [
      Example("plot ratings", after: .generated), Example("plot svd", after: .trained),
      Example("sweep = for k in 2,4,8 { svd k=$k; eval svd }; plot sweep x=k y=rmse", after: .trained),
    ]
  ) { call, session in
    let figure: Figure
    let name = call.operands.first?.text ?? "it"
    switch try call.operands.first.map({ argument throws(Diagnostic) in try session.value(argument) }) ?? session.it {
    case .dataset(let dataset)?:
      figure = .histogram(of: dataset.description, title: name, unit: dataset.eventNoun)
    case .model(let model)?:
      guard let drawn = Figure(of: model, named: name) else {
        throw Diagnostic(
          .unsuitableModel, "'\(name)' has neither a learning curve nor singular values to draw",
          at: call.operands.first?.range ?? call.verbRange)
      }
      figure = drawn
    case .table(let table)?: figure = try Figure(of: table, named: name, call: call)
    case .figure(let drawn)?: figure = drawn
    case let other?:
      throw Diagnostic.wrongKind(
        call.operands.first ?? .init(text: "it", range: call.verbRange), expected: "a dataset, a model or a table",
        found: other)
    case nil:
      guard let argument = call.operands.first else {
        throw Diagnostic(.missing, "there is nothing to plot yet", at: call.verbRange)
      }
      throw Diagnostic.unknownName(argument, kind: "value", among: session.names)
    }
    return Reply(.figure(figure), outputs: [.figure(figure)])
  }
}

extension Figure {
  /// How often each value occurs: a bar for each where they are few, else twenty bins of equal width.
  static func histogram(of values: some Collection<Double>, title: String, unit: String) -> Figure {
    var counts: [Double: Int] = [:]
    for value in values where value.isFinite { counts[value, default: 0] += 1 }
    let points: [Point]
    if counts.count <= 24 {
      points = counts.sorted { $0.key < $1.key }.map { Point(x: $0.key, y: Double($0.value), label: plain($0.key)) }
    } else {
      points = binned(counts, count: 20)
    }
    return Figure(
      title: title, mark: .bar, x: Axis(unit), y: Axis("count"), series: [Series("count", points)])
  }

  private static func binned(_ counts: [Double: Int], count: Int) -> [Point] {
    let low = counts.keys.min() ?? 0
    let high = counts.keys.max() ?? 0
    let width = (high - low) / Double(count)
    var bins = [Int](repeating: 0, count: count)
    for (value, number) in counts { bins[min(count - 1, Int((value - low) / width))] += number }
    return bins.enumerated().map { bin, number in
      let start = low + Double(bin) * width
      return Point(x: start, y: Double(number), label: "\(significant(start))–\(significant(start + width))")
    }
  }

  /// Columns of a table against another.
  fileprivate init(of table: Table, named name: String, call: Call) throws(Diagnostic) {
    let rows = table.firstRows
    let numeric = table.columns.indices.filter { place in
      table.columns[place].style != .text && rows.contains { $0[place].number != nil }
    }
    let x = try Self.place(call.argument("x"), in: table, numeric: numeric) ?? numeric.first
    guard let x else {
      throw Diagnostic(
        .badOperand, "'\(name)' has no column of numbers", at: call.operands.first?.range ?? call.verbRange)
    }
    var columns: [Int] = []
    for argument in call.options["y"] ?? [] {
      if let place = try Self.place(argument, in: table, numeric: numeric) { columns.append(place) }
    }
    let kind = try call.word("kind")
    if kind == "histogram" || (kind == "auto" && columns.isEmpty && numeric.count == 1) {
      self = .histogram(of: rows.compactMap { $0[x].number }, title: name, unit: table.columns[x].name)
      return
    }
    if columns.isEmpty { columns = Array(numeric.filter { $0 != x }.prefix(1)) }
    let series = columns.map { column in
      let points = rows.compactMap { row -> Point? in
        guard let x = row[x].number, let y = row[column].number else { return nil }
        return Point(x: x, y: y)
      }
      return Series(table.columns[column].name, points.sorted { $0.x < $1.x })
    }
    let yName = columns.count == 1 ? table.columns[columns[0]].name : "value"
    self.init(
      title: "\(yName) against \(table.columns[x].name)", mark: .line, x: Axis(table.columns[x].name), y: Axis(yName),
      series: series)
  }

  private static func place(_ argument: Call.Argument?, in table: Table, numeric: [Int]) throws(Diagnostic) -> Int? {
    guard let argument else { return nil }
    let names = numeric.map { table.columns[$0].name }
    guard let place = table.place(ofColumn: argument.text) else {
      throw Diagnostic(
        .unknownField, "the table has no column '\(argument.text)'", at: argument.range,
        hint: didYouMean(nearest(argument.text, in: names)),
        help: "columns with numbers: \(names.joined(separator: ", "))")
    }
    guard numeric.contains(place) else {
      throw Diagnostic(.badOperand, "column '\(argument.text)' holds no numbers", at: argument.range)
    }
    return place
  }
}

extension Table.Cell {
  /// The number that it is, if it is one.
  package var number: Double? {
    switch self {
    case .count(let count): Double(count)
    case .number(let number): number
    case .text(let text): Double(text)
    case .undefined: nil
    }
  }
}

/// As many digits as tell neighbouring bins apart.
func significant(_ number: Double) -> String {
  if let whole = Int(exactly: number) { return String(whole) }
  let digits = number.magnitude >= 100 ? 0 : number.magnitude >= 10 ? 1 : 2
  let text = decimals(number, digits)
  return digits == 2 && text.hasSuffix("0") && text != "0.00" ? String(text.dropLast()) : text
}
