import RecData
import RecModels

extension Command {
  /// Keeps the interactions that meet a condition.
  static let filter = Command(
    "filter", .data, summary: "keep the ratings for which a condition holds",
    operands: [
      Operand("condition", .condition, .restOfLine, "on rating, time, user, item and the fields of items and users")
    ],
    examples: [
      Example("filter rating >= 4", after: .generated),
      Example("filter genres has Comedy and year > 1990", after: .generated),
      Example("recent = filter ratings time >= 2018-01-31", after: .generated),
    ],
    notes: """
      Conditions compare a field with `==`, `!=`, `<`, `<=`, `>`, `>=`, `has` (a label, or a part of a text), ask \
      `is missing`, and are joined by `and`, `or`, `not` and parentheses. A dataset may stand in front. Without one the \
      ratings are filtered in place, after a split all its parts alike; with a target the original stays as it is.
      """,
    binds: ["ratings"]
  ) { call, session in
    guard var argument = call.operands.first else {
      throw Diagnostic(.missingOperand, "'filter' needs a condition", at: call.verbRange, hint: "such as rating >= 4")
    }
    let named = session.leadingDataset(of: &argument)
    let condition: Condition
    let names: [String]
    if let named {
      names = [named]
    } else if call.targets.isEmpty, case .dataset? = session["train"] {
      names = ["train", "valid", "test"].filter { if case .dataset? = session[$0] { true } else { false } }
    } else {
      names = [session.trainingDataName].compactMap { $0 }
    }
    guard let first = names.first, case .dataset(let data)? = session[first] else {
      _ = try session.dataset(nil, for: call)
      return Reply()
    }
    condition = try Condition(argument, fields: data.askableFields)
    return try session.filter(names, by: condition, call: call)
  }
}

extension Session {
  /// Takes the name of a dataset from the front of a condition, where one stands there.
  fileprivate func leadingDataset(of argument: inout Call.Argument) -> String? {
    let text = argument.text
    let word = String(text.prefix { !$0.isWhitespace })
    let rest = text.dropFirst(word.count).drop { $0.isWhitespace }
    guard !rest.isEmpty, rest.first.map({ !"<>=!".contains($0) }) ?? false, case .dataset? = self[word],
      !["has", "is"].contains(rest.prefix { !$0.isWhitespace }.lowercased())
    else { return nil }
    let skipped = text.utf8.count - rest.utf8.count
    argument = Call.Argument(
      text: String(rest), range: SourceRange(argument.range.start + skipped, argument.range.end))
    return word
  }

  fileprivate func filter(_ names: [String], by condition: Condition, call: Call) throws -> Reply {
    var reply = Reply()
    for name in names {
      guard case .dataset(let data)? = self[name] else { continue }
      let kept = try data.matches(condition, execution: execution)
      let count = kept.count { $0 }
      if count == 0, name == names[0] {
        throw Diagnostic(.missing, "no \(data.eventNoun) of '\(name)' meets the condition", at: call.range)
      }
      let part = try data.part(data.role, execution: execution) { kept[$0] }
      let target = call.targets.first ?? name
      reply.outputs.append(.summary(Summary(of: part, named: target)))
      reply.outputs.append(.text("kept \(grouped(count)) of \(counted(data.count, data.eventNoun))"))
      reply.bindings.append((target, .dataset(part)))
      if reply.value == nil { reply.value = .dataset(part) }
    }
    return reply
  }
}
