import RecAlgebra
import RecData
import RecKernels
import RecLanguage
import RecModels

/// Small commands whose replies are known in advance, beside the real ones of models and sessions.
private let testCommands: [Command] = [
  Command("number", .data, summary: "a number", operands: [.init("value", .text, .one, "a number")], examples: []) {
    call, _ in
    let number = Double(call.operands[0].text) ?? .nan
    return Reply(.number(number), outputs: [.value(number)])
  },
  Command("echo", .data, summary: "its words", operands: [.init("words", .text, .any, "words")], examples: []) {
    call, _ in
    let text = call.operands.map { $0.isQuoted ? "'\($0.text)'" : $0.text }.joined(separator: " ")
    return Reply(.text(text), outputs: [.text(text)])
  },
  Command("pairs", .data, summary: "its pairs", operands: [.init("items", .ratedItem, .any, "pairs")], examples: []) {
    call, _ in
    let text = call.operands.map { "\($0.text)→\($0.weight.map { plain($0) } ?? "none")" }.joined(separator: " ")
    return Reply(.text(text), outputs: [.text(text)])
  },
  Command(
    "scores", .judging, summary: "a table of models", operands: [.init("models", .text, .any, "names")],
    options: [.count("k", default: 2, "scales the numbers"), OptionSpec("list", .text, list: true, "words")],
    examples: []
  ) { call, _ in
    let scale = Double(call.options["k"]?.first?.text ?? "2") ?? 0
    let rows = call.operands.enumerated().map { place, model -> [Table.Cell] in
      [.text(model.text), .number(scale / Double(place + 3)), .count(place + 10), .undefined]
    }
    let table = Table(
      title: call.options["list"]?.first?.text,
      columns: [
        Table.Column("model", .text), Table.Column("rmse", .decimals(4)), Table.Column("users", .count),
        Table.Column("precision@10", .percent(1)),
      ], rows: rows)
    return Reply(.table(table), outputs: [.table(table)])
  },
  Command("top", .using, summary: "a list", examples: []) { _, _ in
    let table = Table(
      columns: [Table.Column("rank", .count), Table.Column("title", .text)],
      rows: [[.count(1), .text("Heat (1995)")], [.count(2), .text("Se7en (1995)")]])
    return Reply(.table(table), outputs: [.table(table)])
  },
  Command("warn", .data, summary: "warns", examples: []) { call, session in
    session.bind("warned", .number(1))
    return Reply(
      .number(1),
      outputs: [.warning(Diagnostic("careful", "be careful", at: call.verbRange, severity: .warning)), .value(1)])
  },
  Command("fail", .data, summary: "fails halfway", examples: []) { _, session in
    session.bind("halfway", .number(1))
    throw Diagnostic("broken", "it broke", hint: "try again")
  },
  Command("stopped", .data, summary: "is stopped", examples: []) { _, session in
    session.execution.cancellation.cancel()
    try session.execution.checkpoint()
    return Reply()
  },
  Command(
    "parts", .data, summary: "binds three names", examples: [], binds: ["train", "test", "valid"]
  ) { _, _ in
    Reply(.number(1), bindings: [("train", .number(1)), ("test", .number(2)), ("valid", .number(3))])
  },
  Command("films", .data, summary: "four ratings of two films", examples: [], binds: ["ratings"]) { _, _ in
    Reply(.dataset(films), bindings: [("ratings", .dataset(films))])
  },
  Command(
    "read", .data, summary: "reads", operands: [.init("path", .path, .one, "a file")],
    options: [OptionSpec("share", .share, "a part"), OptionSpec("where", .condition, "a condition")], examples: []
  ) { call, _ in Reply(.text(call.operands[0].text)) },
  Command("save", .data, summary: "writes", operands: [.init("path", .path, .one, "a file")], examples: []) { _, _ in
    Reply()
  },
  Command(
    "near", .using, summary: "like an item", operands: [.init("item", .item, .one, "an item")],
    options: [OptionSpec("with", .model, "a model")], examples: []
  ) { _, _ in Reply() },
  Command(
    "keep", .data, summary: "a condition", operands: [.init("condition", .condition, .restOfLine, "what to keep")],
    examples: []
  ) {
    call, _ in Reply(.text(call.operands[0].text), outputs: [.text(call.operands[0].text)])
  },
]

/// Two users, two films.
private let films = Dataset(
  name: "films",
  entities: Entities(
    users: Vocabulary(["1", "2"]), items: Vocabulary(["10", "20"]),
    itemFields: FieldTable([("title", .text(TextColumn(["Heat (1995)", "Se7en (1995)"])))], describedCount: 2)),
  interactions: SparseRows(
    rowCount: 2, columnCount: 2, offsets: [0, 2, 4], columns: [0, 1, 0, 1], values: [5, 1, 4, 2]),
  feedback: .ratings(RatingScale(lowest: 1, highest: 5, relevant: 4)))

/// A session with the test's commands, on one thread.
func testSession(folder: String = "") -> Session {
  let own = Set(testCommands.map(\.verb))
  let real = CommandCatalog.language.commands.filter { !own.contains($0.verb) }
  return Session(
    catalog: CommandCatalog(testCommands + real), settings: Settings(threadCount: 1),
    execution: Execution(threadCount: 1), folder: folder)
}

/// What running a script gave, in a form that tests compare.
struct Ran {
  var outcome: Outcome
  var session: Session
  var shown: [String] = []
  var timings: [String] = []
}

/// Runs a script in a session of its own, or in the one that is given.
func ran(_ script: String, in session: Session = testSession()) -> Ran {
  var session = session
  var shown: [String] = []
  var timings: [String] = []
  var evaluator = Evaluator(SourceText(script), timing: { timings.append($0) }) { output in
    shown.append("\(output.line) \(shownText(output.content))")
  }
  let outcome = evaluator.run(in: &session)
  return Ran(outcome: outcome, session: session, shown: shown, timings: timings)
}

private func shownText(_ content: Output.Content) -> String {
  switch content {
  case .table(let table): shownText(table)
  case .text(let text): text
  case .value(let number): plain(number)
  case .figure(let figure): "figure \(figure.title)"
  case .summary(let summary): "summary \(summary.name)"
  case .warning(let diagnostic): "warning \(diagnostic.code)"
  case .error(let diagnostic): "error \(diagnostic.code)"
  }
}

func shownText(_ table: Table) -> String {
  let header = table.columns.map(\.name).joined(separator: " ")
  let rows = table.firstRows.map { row in row.map(shownText).joined(separator: " ") }
  return ([header] + rows).joined(separator: " | ")
}

private func shownText(_ cell: Table.Cell) -> String {
  switch cell {
  case .text(let text): text
  case .count(let count): String(count)
  case .number(let number): plain(number)
  case .undefined: "–"
  }
}
