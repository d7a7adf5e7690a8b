import RecData
import RecModels

extension Command {
  /// What was done.
  static let history = Command(
    "history", .session, summary: "list the statements that succeeded, with their times and results",
    operands: [
      Operand(
        "session", .choice([Choice("last", "the session before this one, even if it crashed")]), .optional,
        "last: the session before this one")
    ],
    options: [
      .count("last", default: 20, unit: "statements", "how many, counted from the end"),
      OptionSpec("save", .path, "write all of the statements to this file as a script"),
    ],
    examples: [
      Example("history", after: .trained), Example("history last=5", after: .trained),
      Example("history save=lab.rec", after: .files),
    ],
    notes: """
      `history last` is what the shell before this one did, also one that crashed; `history last save=lab.rec` writes that \
      as a script. `save lab.rec` writes the statements of this session with what they showed.
      """
  ) { call, session in
    let entries =
      call.operands.isEmpty
      ? session.history
      : session.previousStatements().map {
        Session.HistoryEntry(text: $0, duration: .zero, seed: session.settings.seed)
      }
    if let argument = call.argument("save") {
      do {
        var file = try AtomicFile(replacing: session.resolve(argument.text))
        for entry in entries { try file.write(entry.text + "\n") }
        try file.finish()
      } catch let error as DataError {
        throw Diagnostic(dataError: error, call: call)
      }
      return Reply(outputs: [.text("\(counted(entries.count, "statement")) written to \(argument.text)")])
    }
    let shown = entries.enumerated().suffix(try call.count("last") ?? 20)
    let isTimed = call.operands.isEmpty
    let columns = [Table.Column("number", .count), Table.Column("statement", .text)]
    let table = Table(
      columns: columns + (isTimed ? [Table.Column("seconds", .decimals(3)), Table.Column("result", .text)] : []),
      rows: shown.map { place, entry in
        [.count(place + 1), .text(entry.text)]
          + (isTimed ? [.number(entry.duration.seconds), .text(entry.headline)] : [])
      })
    return Reply(.table(table), outputs: shown.isEmpty ? [.text("nothing yet")] : [.table(table)])
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
