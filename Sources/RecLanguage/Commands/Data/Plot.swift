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
          Choice("auto", "what suits the thing"),
          Choice("histogram", "of data or a column: how often each value occurs"),
          Choice("activity", "of data: how many each user has, most first, log-log"),
          Choice("popularity", "of data: how many each item has, most first, log-log"),
          Choice("curve", "of a model: its learning curve"),
          Choice("values", "of a model: its singular values"),
          Choice("map", "of a model: items in the first two factors"),
          Choice("heat", "of a model: how alike the most rated items are"),
          Choice("line", "of a table: columns in the order of x"),
          Choice("compare", "of a table: a row each, with intervals where there are some"),
          Choice("precision-recall", "of a table: a line for each model"),
        ], "what is drawn"),
      .count("top", default: 12, in: 1...100, unit: "items", "how many items are named; kind=map and kind=heat"),
    ],
    examples: [
      Example("plot ratings", after: .generated), Example("plot ratings kind=popularity", after: .generated),
      Example("plot svd", after: .trained), Example("plot svd kind=map", after: .trained),
      Example("plot svd kind=heat top=6", after: .trained),
      Example("sweep = for k in 2,4,8 { svd k=$k; eval svd }; plot sweep x=k y=rmse", after: .trained),
      Example("eval popular svd tfidf; plot y=ndcg@10", after: .trained),
      Example("eval svd metrics=precision@1,recall@1,precision@5,recall@5; plot", after: .trained),
    ],
    notes: """
      Without kind= it draws: ratings as a histogram; a model's learning curve, else its singular values, else how alike \
      items are; a table whose rows have names as a comparison, with intervals where columns low and high or NAME_low \
      and NAME_high stand beside the value (eval, differences, two arms of a test); a table of numbers, such as that of \
      for, as lines against its first column; precision and recall at two or more list lengths as curves. \
      `save it figure.svg` and `save it figure.json` write it as SVG or as a Vega-Lite spec.
      """
  ) { call, session in
    let figure: Figure
    let name = call.operands.first?.text ?? "it"
    let kind = try call.word("kind") ?? "auto"
    switch try call.operands.first.map({ argument throws(Diagnostic) in try session.value(argument) }) ?? session.it {
    case .dataset(let dataset)?: figure = try call.figure(of: dataset, kind, name)
    case .model(let model)?: figure = try call.figure(of: model, kind, name)
    case .table(let table)?: figure = try call.figure(of: table, kind, name)
    case .figure(let drawn)?: figure = drawn
    case let other?:
      throw Diagnostic.wrongKind(
        call.operands.first ?? .init(text: "it", range: call.verbRange), expected: "a dataset, a model or a table",
        found: other)
    case nil:
      guard let argument = call.operands.first else {
        throw Diagnostic(
          .missing, "there is nothing to plot yet", at: call.verbRange,
          help: "a dataset, a model or a table: plot ratings"
        )
      }
      throw Diagnostic.unknownName(argument, kind: "value", among: session.names)
    }
    return Reply(.figure(figure), outputs: [.figure(figure)])
  }
}

extension Call {
  fileprivate func figure(of data: Dataset, _ kind: String, _ name: String) throws(Diagnostic) -> Figure {
    switch kind {
    case "auto", "histogram": .histogram(of: data.description, title: name, unit: data.eventNoun)
    case "activity", "popularity": .ranks(of: data, byItem: kind == "popularity", named: name)
    default: throw unsuited(kind, "a dataset", can: ["histogram", "activity", "popularity"])
    }
  }

  fileprivate func figure(of model: Model, _ kind: String, _ name: String) throws(Diagnostic) -> Figure {
    let top = try count("top") ?? 12
    let drawings: [(kind: String, make: () -> Figure?)] = [
      ("curve", { model.curve.map { Figure(of: $0, named: name) } }),
      ("values", { model.recommender.singularValues.map { Figure(singularValues: $0, named: name) } }),
      ("heat", { Figure(similaritiesOf: model, named: name, count: top) }),
      ("map", { Figure(itemsOf: model, named: name, count: top) }),
    ]
    for (drawn, make) in drawings where kind == "auto" || kind == drawn {
      if let figure = make() { return figure }
    }
    let possible = drawings.filter { $0.make() != nil }.map(\.kind)
    let words = options["kind"] == nil ? "what a model learned" : "kind=\(kind)"
    throw Diagnostic(
      .unsuitableModel, "'\(name)' has nothing to draw for \(words)", at: argument("kind")?.range ?? thingRange,
      help: possible.isEmpty
        ? "models with a learning curve, singular values or factors can be drawn, and any can be compared: eval \(name); plot"
        : "of this model: kind=\(listed(possible))")
  }

  fileprivate func figure(of table: Table, _ kind: String, _ name: String) throws(Diagnostic) -> Figure {
    let rows = table.firstRows
    let numeric = table.columns.indices.filter { place in
      table.columns[place].style != .text && rows.contains { $0[place].number != nil }
    }
    let x = try place(argument("x"), in: table, numeric: numeric)
    var columns: [Int] = []
    for argument in options["y"] ?? [] {
      if let place = try place(argument, in: table, numeric: numeric) { columns.append(place) }
    }
    guard let first = x ?? numeric.first else {
      throw Diagnostic(.badOperand, "'\(name)' has no column of numbers", at: thingRange)
    }
    // What a row is of stands in the first column, or behind its rank.
    let isNamed = table.columns.first?.style == .text || table.columns.first?.name == "rank"
    let measured = columns.first ?? table.measuredColumn(among: numeric) ?? first
    do {
      switch kind {
      case "precision-recall": return try .precisionRecall(of: table, named: name)
      case "auto" where x == nil && columns.isEmpty && !table.precisionRecallColumns.isEmpty:
        return try .precisionRecall(of: table, named: name)
      case "compare": return try .comparison(of: table, value: measured, named: name)
      case "auto" where x == nil && columns.count <= 1 && isNamed && table.labelColumn != nil:
        return try .comparison(of: table, value: measured, named: name)
      case "histogram": return histogram(of: table, column: x ?? columns.first ?? first, name)
      case "auto" where columns.isEmpty && numeric.count == 1: return histogram(of: table, column: first, name)
      case "auto", "line":
        if columns.isEmpty { columns = Array(numeric.filter { $0 != first }.prefix(1)) }
        return .lines(of: table, x: first, columns: columns.isEmpty ? [first] : columns)
      default: throw unsuited(kind, "a table", can: ["histogram", "line", "compare", "precision-recall"])
      }
    } catch let problem as Figure.TableProblem {
      throw unsuited(problem, name)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw Diagnostic(.badOperand, "\(error)", at: thingRange)
    }
  }

  private func histogram(of table: Table, column: Int, _ name: String) -> Figure {
    .histogram(of: table.firstRows.compactMap { $0[column].number }, title: name, unit: table.columns[column].name)
  }

  private var thingRange: SourceRange { operands.first?.range ?? verbRange }

  private func unsuited(_ kind: String, _ thing: String, can kinds: [String]) -> Diagnostic {
    Diagnostic(
      .badOperand, "kind=\(kind) is not for \(thing)", at: argument("kind")?.range ?? verbRange,
      help: "of \(thing) it draws \(listed(kinds))")
  }

  private func unsuited(_ problem: Figure.TableProblem, _ name: String) -> Diagnostic {
    switch problem {
    case .noLabels:
      Diagnostic(
        .badOperand, "'\(name)' has no column of names to compare by", at: thingRange,
        help: "of a table of numbers it draws line or histogram")
    case .noCutoffs:
      Diagnostic(
        .badOperand, "'\(name)' has no precision and recall at two list lengths", at: thingRange,
        help: "eval svd metrics=precision@1,recall@1,precision@10,recall@10; plot")
    }
  }

  private func place(_ argument: Argument?, in table: Table, numeric: [Int]) throws(Diagnostic) -> Int? {
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

extension Table {
  /// The first column that measures something, one with an interval before one without: no rank, no end of an interval,
  /// no background.
  fileprivate func measuredColumn(among numeric: [Int]) -> Int? {
    let plain = numeric.filter { place in
      columns[place].role == .plain && !["rank", "low", "high"].contains(columns[place].name)
    }
    return plain.first { place in columns.contains { $0.role == .low(of: columns[place].name) } } ?? plain.first
  }
}
