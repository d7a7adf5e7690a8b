import RecData
import RecModels

extension Command {
  /// Whatever a name holds.
  static let show = Command(
    "show", .data, summary: "show what a name holds",
    operands: [Operand("names", .name, .any, "names to show; without one, the value of the last statement")],
    examples: [Example("show ratings", after: .guide), Example("show svd", after: .trained)]
  ) { call, session in
    var outputs: [Output.Content] = []
    var last: Value?
    if call.operands.isEmpty {
      guard let value = session.it else {
        throw Diagnostic(.missing, "there is nothing to show yet", at: call.verbRange)
      }
      return Reply(value, outputs: value.shown(as: "it"))
    }
    for argument in call.operands {
      guard let value = try session.value(argument) else {
        throw Diagnostic.unknownName(argument, kind: "value", among: session.names)
      }
      outputs += value.shown(as: argument.text)
      last = value
    }
    return Reply(last, outputs: outputs)
  }
}

extension Value {
  /// What looking at it shows.
  package func shown(as name: String) -> [Output.Content] {
    switch self {
    case .number(let number): return [.value(number)]
    case .text(let text): return [.text(text)]
    case .table(let table): return [.table(table)]
    case .figure(let figure): return [.figure(figure)]
    case .dataset(let dataset):
      return [.summary(Summary(of: dataset, named: name)), .table(dataset.head(5))]
    case .items(let dataset):
      return [.summary(Summary(itemsOf: dataset, named: name)), .table(dataset.itemHead(5))]
    case .users(let dataset):
      return [.summary(Summary(usersOf: dataset, named: name)), .table(dataset.userHead(5))]
    case .model(let model):
      var named = model
      named.name = name
      return [.summary(Summary(of: named))] + model.origin + model.optionTable + model.spectrum
    }
  }
}

extension Model {
  /// Where a model that was loaded comes from.
  fileprivate var origin: [Output.Content] {
    guard let writer else { return [] }
    let rows = [
      ("written by", writer), ("trained on", training.provenance), ("data fingerprint", training.fingerprint),
      ("seed", String(seed)), ("judged", judgement ?? "not before it was saved"),
    ].map { name, text -> [Table.Cell] in [.text(name), .text(text)] }
    return [.table(Table(columns: [Table.Column("origin", .text), Table.Column("value", .text)], rows: rows))]
  }

  /// The options it was trained with, where it has some.
  fileprivate var optionTable: [Output.Content] {
    let options = options.entries.map { entry -> [Table.Cell] in
      [.text(entry.name), .text(Summary.FactValue(entry.value).words)]
    }
    let weights = parts.map { part -> [Table.Cell] in [.text(part.model.name), .number(part.weight)] }
    let tables = [
      Table(columns: [Table.Column("option", .text), Table.Column("value", .text)], rows: options),
      Table(columns: [Table.Column("part", .text), Table.Column("weight", .decimals(4))], rows: weights),
    ]
    return tables.filter { !$0.firstRows.isEmpty }.map { .table($0) }
  }

  /// Its singular values, where it has some.
  fileprivate var spectrum: [Output.Content] {
    guard let values = recommender.singularValues, !values.isEmpty else { return [] }
    let rows = values.prefix(10).enumerated().map { place, value -> [Table.Cell] in
      [.count(place + 1), .number(value)]
    }
    let more = values.count > 10 ? ["\(counted(values.count - 10, "more value"))"] : []
    return [
      .table(
        Table(
          columns: [Table.Column("factor", .count), Table.Column("singular_value", .decimals(4))], rows: Array(rows),
          notes: more))
    ]
  }
}

extension Summary.FactValue {
  /// As one would type it.
  package var words: String {
    switch self {
    case .cell(.text(let text)): text
    case .cell(.count(let count)): String(count)
    case .cell(.number(let number)): plain(number)
    case .cell(.undefined): "–"
    case .words(let words): words.joined(separator: ",")
    case .record(let facts): facts.map { "\($0.name)=\($0.value.words)" }.joined(separator: " ")
    }
  }
}
