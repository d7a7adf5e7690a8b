import RecData
import RecModels

extension Command {
  /// Writes what a name holds, or the session.
  static let save = Command(
    "save", .data, summary: "write a model, table, dataset, figure or the session to a file",
    operands: [
      Operand(
        "thing", .name, .optional,
        "a model, a table, a dataset, items, users or a figure; without it the value of the last statement, or the newest model"
      ),
      Operand(
        "path", .path, .one,
        "the ending decides: .rec the session, .html .md a report of it, .safetensors a model, .csv .tsv .jsonl .db rows, .svg .json a figure"
      ),
    ],
    examples: [
      Example("save lab.rec", after: .files), Example("save ratings copy.csv", after: .files),
      Example("save ratings shop.db", after: .files),
      Example("save baseline model.safetensors", after: .files),
    ],
    notes: """
      A file is there in full afterwards, or as it was before; of an SQLite database only the one table is replaced, in \
      one transaction. `recommend users=all` and `save it recs.csv` write the \
      lists of all users without holding them in memory. `save lab.rec` writes the statements that succeeded with what they \
      showed, but not those that save or list the session itself; `recline check lab.rec` then runs them again. \
      `save lab.html` writes the same as a page to read, with its charts. A model is written with what it was trained on and all that it needs to answer as it does now: `load model.safetensors`. Other \
      programs read its numbers by name, as of any file in the format safetensors.
      """
  ) { call, session in
    guard let target = call.operands.last else {
      throw Diagnostic(.missingOperand, "'save' needs a path", at: call.verbRange, hint: "such as save it recs.csv")
    }
    let named = call.operands.count > 1 ? call.operands[0] : nil
    let path = session.resolve(target.text)
    do {
      if let format = session.catalog.documentFormat(ofPath: target.text) {
        return try session.saveDocument(as: format, to: path, named: named, target)
      }
      if target.namesModel { return try session.saveModel(to: path, named: named, target, for: call) }
      if let format = session.catalog.figureFormats.first(where: { target.text.lowercased().hasSuffix(".\($0.ending)") }
      ) {
        return try session.saveFigure(as: format, to: path, named: named, target, for: call)
      }
      guard let format = TableFormat(path: target.text) else {
        let endings =
          session.catalog.documentEndings + [Model.ending] + TableFormat.all.map { ".\($0.ending)" }
          + session.catalog.figureFormats.map { ".\($0.ending)" }
        throw Diagnostic(
          .badOperand, "the ending of \(Diagnostic.quoted(target.text)) does not say what to write", at: target.range,
          hint: "one of \(listed(endings))")
      }
      let count = try session.save(named, in: format, to: path, call: call)
      return Reply(outputs: [.text("\(counted(count, "row")) written to \(target.text)")])
    } catch let error as DataError {
      throw Diagnostic(dataError: error, call: call)
    }
  }
}

extension Session {
  fileprivate func saveDocument(
    as format: DocumentFormat, to path: String, named: Call.Argument?, _ target: Call.Argument
  ) throws -> Reply {
    if let named {
      throw Diagnostic(
        .badOperand, "a .\(format.ending) is the whole session", at: named.range, hint: "save \(target.text)")
    }
    let folder = Session.folder(ofScript: path)
    let text: String
    do { text = try format.text(self, folder) } catch {
      throw Diagnostic("unreadable-file", "the data that was loaded cannot be read again: \(error)", at: target.range)
    }
    var file = try AtomicFile(replacing: path)
    try file.write(text)
    try file.finish()
    var outputs: [Output.Content] = [.text("\(counted(savedHistory.count, "statement")) written to \(target.text)")]
    if !loadedFiles.isEmpty, format.ending == "rec", folder != Session.folder(ofScript: resolve("script.rec")) {
      outputs.append(.text("note: relative paths in it start at its own folder"))
    }
    return Reply(outputs: outputs)
  }

  fileprivate func saveModel(
    to path: String, named: Call.Argument?, _ target: Call.Argument, for call: Call
  ) throws -> Reply {
    let model: Model
    if named == nil, case .model(let last)? = it {
      model = last
    } else {
      model = try self.model(with: named, for: call)
    }
    try model.save(to: path, program: "recline \(Program.version)", execution: execution)
    return Reply(outputs: [.text("\(model.name) (\(Summary(of: model).phrase)) written to \(target.text)")])
  }

  fileprivate func saveFigure(
    as format: FigureFormat, to path: String, named: Call.Argument?, _ target: Call.Argument, for call: Call
  ) throws -> Reply {
    guard let value = try named.map({ try value($0) }) ?? it else {
      if let named { throw Diagnostic.unknownName(named, kind: "figure", among: names) }
      throw Diagnostic(.missing, "there is nothing to save yet", at: call.verbRange, hint: "plot shows a figure")
    }
    guard case .figure(let figure) = value else {
      throw Diagnostic.wrongKind(
        named ?? Call.Argument(text: "it", range: call.verbRange), expected: "a figure", found: value)
    }
    var file = try AtomicFile(replacing: path)
    try file.write(format.text(figure))
    try file.finish()
    return Reply(outputs: [.text("\(figure.title) written to \(target.text)")])
  }

  fileprivate func save(
    _ named: Call.Argument?, in format: TableFormat, to path: String, call: Call
  ) throws -> Int {
    let value = try named.map { argument throws(Diagnostic) in
      guard let value = try self.value(argument) else {
        throw Diagnostic.unknownName(argument, kind: "value", among: names)
      }
      return value
    }
    switch value ?? it {
    case .table(let table)?: return try format.write(WrittenRows(table), to: path, execution: execution)
    case .dataset(let data)?: return try format.write(DatasetRows(data), to: path, execution: execution)
    case .items(let data)?:
      return try format.write(
        EntityRows(data.entities.items, data.entities.itemFields), to: path, execution: execution)
    case .users(let data)?:
      return try format.write(
        EntityRows(data.entities.users, data.entities.userFields), to: path, execution: execution)
    case let other?:
      throw Diagnostic.wrongKind(
        named ?? Call.Argument(text: "it", range: call.verbRange), expected: "a table or a dataset", found: other)
    case nil: throw Diagnostic(.missing, "there is nothing to save yet", at: call.verbRange)
    }
  }
}

/// The rows of a table as a file takes them, group after group.
private struct WrittenRows: TableRows {
  private let table: Table
  private var group = 0

  init(_ table: Table) { self.table = table }

  var columnNames: [String] { table.columns.map(\.name) }

  var fractionDone: Double {
    switch table.rows {
    case .stored: group == 0 ? 0 : 1
    case .lazy(let groupCount, _, _): Double(group) / Double(max(1, groupCount))
    }
  }

  mutating func next() -> [[TableCell]]? {
    defer { group += 1 }
    switch table.rows {
    case .stored(let rows): return group == 0 ? rows.map(Self.cells) : nil
    case .lazy(let groupCount, _, let make): return group < groupCount ? make(group).map(Self.cells) : nil
    }
  }

  private static func cells(_ row: [Table.Cell]) -> [TableCell] {
    row.map { cell in
      switch cell {
      case .text(let text): .text(text)
      case .count(let count): .integer(Int64(count))
      case .number(let number): .number(number)
      case .undefined: .missing
      }
    }
  }
}
