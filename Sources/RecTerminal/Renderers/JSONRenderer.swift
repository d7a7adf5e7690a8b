import RecData
import RecLanguage

extension Renderer {
  /// For programs: JSON Lines, an object for each output, in full precision; ids are strings, undefined is `null`.
  package static let json = Renderer("json", includesErrors: true) { output, surroundings in
    var json = JSONText()
    json.write(output, surroundings.source)
    return json.text + "\n"
  }
}

extension JSONText {
  /// An output as an object.
  mutating func write(_ output: Output, _ source: SourceText?) {
    object { json in
      json.member("line", output.line)
      if let command = output.command { json.member("command", command) }
      json.write(output.content, source)
    }
  }

  private mutating func write(_ content: Output.Content, _ source: SourceText?) {
    switch content {
    case .table(let table):
      member("kind", "table")
      write(table)
    case .text(let text):
      member("kind", "text")
      member("text", text)
    case .value(let number):
      member("kind", "value")
      member("value") { $0.number(number) }
    case .figure(let figure):
      member("kind", "figure")
      member("spec") { $0.vegaLite(figure) }
    case .summary(let summary):
      member("kind", summary.kind.rawValue)
      member("name", summary.name)
      write(summary.facts)
    case .warning(let diagnostic):
      member("kind", "warning")
      write(diagnostic, source)
    case .error(let diagnostic):
      member("kind", "error")
      write(diagnostic, source)
    }
  }

  private mutating func write(_ table: Table) {
    if let title = table.title { member("title", title) }
    member("columns", table.columns.map(\.name))
    member("rows") { json in
      json.array { json in
        for row in table.firstRows {
          json.array { json in
            for cell in row { json.write(cell) }
          }
        }
      }
    }
    // A lazy table shows its first rows; how many there are is told, `save` writes them all.
    if case .lazy(_, let summary, _) = table.rows { member("summary", summary) }
    if !table.notes.isEmpty { member("notes", table.notes) }
  }

  private mutating func write(_ cell: Table.Cell) {
    switch cell {
    case .text(let text): string(text)
    case .count(let count): number(count)
    case .number(let value): number(value)
    case .undefined: null()
    }
  }

  private mutating func write(_ facts: [Summary.Fact]) {
    for fact in facts {
      member(fact.name) { json in
        switch fact.value {
        case .cell(let cell): json.write(cell)
        case .words(let words):
          json.array { json in
            for word in words { json.string(word) }
          }
        case .record(let facts): json.object { $0.write(facts) }
        }
      }
    }
  }

  private mutating func write(_ diagnostic: Diagnostic, _ source: SourceText?) {
    member("code", diagnostic.code.text)
    member("message", diagnostic.message)
    if let position = diagnostic.position {
      member("file", position.file)
      member("file_line", position.line)
      if position.column > 0 {
        member("column", position.column)
        member("length", position.length)
      }
    } else if let source, let range = diagnostic.range {
      member("column", source.column(at: range.start))
      member("length", source.scalarCount(in: range))
    }
    if let hint = diagnostic.hint { member("hint", hint) }
    if let help = diagnostic.help { member("help", help) }
  }
}
