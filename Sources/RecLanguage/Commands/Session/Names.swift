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
}
