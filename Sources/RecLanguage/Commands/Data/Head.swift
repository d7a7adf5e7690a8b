import RecModels

extension Command {
  /// The first rows.
  static let head = Command(
    "head", .data, summary: "show the first rows of a dataset or a table",
    operands: [Operand("data", .name, .optional, "a dataset, items, users or a table; without it the newest ratings")],
    options: [.count("rows", default: 10, unit: "rows", "how many")],
    examples: [Example("head rows=3", after: .guide), Example("head items", after: .guide)],
    notes: "Ratings are in the order of user and item ids."
  ) { call, session in
    let count = try call.count("rows") ?? 10
    let table: Table
    switch try call.operands.first.map({ argument throws(Diagnostic) in (argument, try session.value(argument)) }) {
    case nil: table = try session.dataset(nil, for: call).head(count)
    case (_, .dataset(let dataset)?)?: table = dataset.head(count)
    case (_, .items(let dataset)?)?: table = dataset.itemHead(count)
    case (_, .users(let dataset)?)?: table = dataset.userHead(count)
    case (_, .table(var first)?)?:
      first.rows = .stored(first.firstRows(count))
      table = first
    case (let argument, let other?)?:
      throw Diagnostic.wrongKind(argument, expected: "a dataset or a table", found: other)
    case (let argument, nil)?: throw Diagnostic.unknownName(argument, kind: "dataset", among: session.names)
    }
    return Reply(.table(table), outputs: [.table(table)])
  }
}
