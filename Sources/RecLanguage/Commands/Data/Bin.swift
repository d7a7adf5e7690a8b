import RecAlgebra
import RecData
import RecModels

extension Command {
  /// Cuts numbers into intervals.
  static let bin = Command(
    "bin", .data, summary: "cut a field of numbers, or the ratings, into intervals",
    operands: [Operand("field", .fields, .any, "a field, year, or rating; data may stand in front")],
    options: [
      .count("into", default: 5, in: 2...1000, unit: "intervals", "how many"),
      .choice(
        "by", default: "width",
        [
          Choice("width", "intervals of one width from the lowest to the highest"),
          Choice("quantile", "intervals with equally many, as far as equal numbers allow"),
        ], "where the intervals are cut"),
    ],
    examples: [
      Example("bin year into=4 by=quantile", after: .generated), Example("bin rating into=2", after: .guide),
    ],
    notes: """
      A field gets a column beside it with the number of the interval, from 1: `year_bin`. Ratings become that number \
      themselves, and their scale goes from 1 to the number of intervals; weights of events become ratings. An interval \
      holds its lower end, and the last one its upper end. The edges are learned from train after a split, and hold for all \
      parts. Ratings that were cut before are not split afterwards: the edges would have been learned from what is held out.
      """,
    source: "edges as scikit-learn's KBinsDiscretizer, strategies uniform and quantile", binds: ["ratings"]
  ) { call, session in
    let (owner, fields) = session.ownerAndFields(call)
    guard let argument = fields.first else {
      throw Diagnostic(.missingOperand, "'bin' needs a field", at: call.verbRange, hint: "such as bin year into=5")
    }
    if let surplus = fields.dropFirst().first {
      throw Diagnostic(.badOperand, "one field at a time is cut, and this is another", at: surplus.range)
    }
    let rule = try call.word("by").flatMap(Bins.Rule.init) ?? .width
    let count = try call.count("into") ?? 5
    do {
      if ["rating", "weight"].contains(argument.text.lowercased()) {
        let prepared = try session.learnedData(owner, for: call)
        return try session.bin(prepared, into: count, by: rule, call)
      }
      let field = try session.numbers(argument, of: owner, for: call)
      guard case .number(let numbers) = field.column else { throw FieldProblem.noNumbers }
      let known = numbers.indices.filter { !numbers[$0].isNaN && field.fittedOn?[$0] ?? true }.map { numbers[$0] }
      let bins = try Bins(known, into: count, by: rule)
      let column = numbers.map { $0.isNaN ? .nan : Double(bins.number(of: $0)) }
      return session.reply(
        setting: [("\(field.name)_bin", .number(column))], beside: field, owner: owner, call: call,
        notes: [.table(bins.table(of: numbers, noun: field.noun + "s"))])
    } catch let problem as FieldProblem {
      throw problem == .noNumbers
        ? Diagnostic(
          .badOperand, "'\(argument.text)' holds no numbers", at: argument.range, hint: "encode takes labels")
        : Diagnostic(fieldProblem: problem, field: argument, option: nil)
    }
  }
}

extension Session {
  /// A field of numbers; `year` where only titles tell it.
  fileprivate func numbers(
    _ argument: Call.Argument, of owner: Call.Argument?, for call: Call
  ) throws(Diagnostic) -> PreparedField {
    do throws(Diagnostic) {
      return try field(argument, of: owner, for: call)
    } catch {
      guard argument.text.lowercased() == "year",
        let title = try? field(
          Call.Argument(text: "items.title", range: argument.range), of: owner, for: call),
        title.table.yearsStandInTitles
      else { throw error }
      return PreparedField(
        isOfItems: true, name: "year", column: .number((0..<title.column.count).map(title.table.yearInTitle)),
        data: title.data, fittedOn: title.fittedOn)
    }
  }

  fileprivate mutating func bin(
    _ prepared: PreparedData, into count: Int, by rule: Bins.Rule, _ call: Call
  ) throws -> Reply {
    let values = prepared.first.interactions.values.map { Double($0) }
    let bins = try Bins(values, into: count, by: rule)
    var reply = reply(prepared, call: call, notes: []) { data in
      var binned = data.binned(by: bins)
      binned.preparation.isFittedOnAll = true
      return binned
    }
    reply.outputs.append(.table(bins.table(of: values, noun: prepared.first.eventNoun + "s")))
    return reply
  }
}

extension Bins {
  /// The intervals with how many numbers lie in each.
  fileprivate func table(of numbers: [Double], noun: String) -> Table {
    var counts = [Int](repeating: 0, count: count)
    for number in numbers where !number.isNaN { counts[self.number(of: number) - 1] += 1 }
    let isWhole = edges.allSatisfy { $0 == $0.rounded() }
    let rows = (0..<count).map { bin -> [Table.Cell] in
      [.count(bin + 1), .number(edges[bin]), .number(edges[bin + 1]), .count(counts[bin])]
    }
    return Table(
      columns: [
        Table.Column("bin", .text), Table.Column("from", .decimals(isWhole ? 0 : 3)),
        Table.Column("to", .decimals(isWhole ? 0 : 3)), Table.Column(noun, .count),
      ], rows: rows)
  }
}
