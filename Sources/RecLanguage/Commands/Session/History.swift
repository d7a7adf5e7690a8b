import RecModels

extension Command {
  /// What was done.
  static let history = Command(
    "history", .session, summary: "list the statements that succeeded",
    options: [.count("last", default: 20, unit: "statements", "how many, counted from the end")],
    examples: [Example("history", after: .trained)],
    notes: "`save lab.rec` writes them as a script."
  ) { call, session in
    let entries = session.history
    let shown = entries.enumerated().suffix(try call.count("last") ?? 20)
    let table = Table(
      columns: [Table.Column("number", .count), Table.Column("statement", .text)],
      rows: shown.map { [.count($0.offset + 1), .text($0.element.text)] })
    return Reply(.table(table), outputs: shown.isEmpty ? [.text("nothing yet")] : [.table(table)])
  }
}
