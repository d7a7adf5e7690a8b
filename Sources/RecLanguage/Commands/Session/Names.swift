import RecData
import RecModels

extension Command {
  /// What is bound.
  static let names = Command(
    "names", .session, summary: "list the names that are bound and what they hold",
    examples: [Example("names", after: .trained)]
  ) { _, session in
    let rows = session.names.compactMap { name -> [Table.Cell]? in
      session[name].map { [.text(name), .text($0.kindWord), .text($0.phrase)] }
    }
    let table = Table(
      columns: [Table.Column("name", .text), Table.Column("kind", .text), Table.Column("holds", .text)], rows: rows)
    return Reply(.table(table), outputs: rows.isEmpty ? [.text("no names yet")] : [.table(table)])
  }

  /// Unbinds names.
  static let forget = Command(
    "forget", .session, summary: "unbind names and free what they hold",
    operands: [Operand("names", .name, .any, "names to unbind")],
    examples: [Example("forget svd", after: .trained)]
  ) { call, session in
    guard !call.operands.isEmpty else {
      throw Diagnostic(.missingOperand, "'forget' needs a name", at: call.verbRange, help: "`reset` forgets everything")
    }
    for argument in call.operands where session[argument.text] == nil {
      throw Diagnostic.unknownName(argument, kind: "value", among: session.names)
    }
    for argument in call.operands { session.unbind(argument.text) }
    return Reply()
  }

  /// Starts anew.
  static let reset = Command(
    "reset", .session, summary: "forget every name; settings stay",
    examples: [Example("reset", after: .trained)]
  ) { _, session in
    session.reset()
    return Reply()
  }

  /// Ends the session.
  static let quit = Command(
    "quit", .session, summary: "end the session", examples: [Example("quit")]
  ) { _, _ in Reply(ending: .quit) }
}

extension Value {
  /// The kind in one word.
  package var kindWord: String {
    switch self {
    case .number: "number"
    case .text: "text"
    case .table: "table"
    case .figure: "figure"
    case .dataset: "dataset"
    case .items: "items"
    case .users: "users"
    case .model: "model"
    }
  }

  /// What it holds, in a line.
  package var phrase: String {
    switch self {
    case .number(let number): plain(number)
    case .text(let text): Diagnostic.shortened(text)
    case .table(let table): "\(table.columns.map(\.name).joined(separator: ", "))"
    case .figure(let figure): figure.title
    case .dataset(let dataset): Summary(of: dataset, named: "").phrase
    case .items(let dataset): Summary(itemsOf: dataset, named: "").phrase
    case .users(let dataset): Summary(usersOf: dataset, named: "").phrase
    case .model(let model): Summary(of: model).phrase
    }
  }
}
