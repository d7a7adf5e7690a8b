import RecAlgebra
import RecData

extension Entities {
  /// What an item has in a field; `item` is its id.
  func value(of field: String, item: ItemIndex) -> FieldValue {
    field.lowercased() == "item" ? .text(items[item].text) : itemFields.value(of: field, at: item.raw)
  }

  /// The fields that a condition on items may name.
  var askableItemFields: [AskableField] { [AskableField("item", .text)] + itemFields.askable }

  /// The fields that a condition on users may name.
  var askableUserFields: [AskableField] { [AskableField("user", .text)] + userFields.askable }

  /// What a user has in a field; `user` is the id.
  func value(of field: String, user: UserIndex) -> FieldValue {
    field.lowercased() == "user" ? .text(users[user].text) : userFields.value(of: field, at: user.raw)
  }
}

/// A field that a condition may name.
struct AskableField {
  enum Kind { case text, number, moment }
  let name: String
  let kind: Kind

  init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

extension FieldTable {
  /// The fields that a condition may name: the columns, and the year that titles end in.
  fileprivate var askable: [AskableField] {
    let own = zip(names, columns).map { name, column -> AskableField in
      if case .number = column { AskableField(name, .number) } else { AskableField(name, .text) }
    }
    return own + (yearsStandInTitles ? [AskableField("year", .number)] : [])
  }

  /// The place of a field among the columns, without regard to case.
  func place(of field: String) -> Int? {
    let wanted = field.lowercased()
    return names.firstIndex { $0.lowercased() == wanted }
  }

  /// What a row has in a field.
  func value(of field: String, at index: Int) -> FieldValue {
    guard let place = place(of: field) else {
      let year = field.lowercased() == "year" ? yearInTitle(at: index) : .nan
      return year.isNaN ? .missing : .number(year)
    }
    switch columns[place] {
    case .text(let texts):
      let text = texts[index]
      return text.isEmpty ? .missing : .text(text)
    case .categories(let labels):
      let entries = labels[index]
      return entries.isEmpty ? .missing : .list(entries)
    case .number(let numbers): return numbers[index].isNaN ? .missing : .number(numbers[index])
    }
  }
}

extension Dataset {
  /// The fields that a condition on interactions may name.
  var askableFields: [AskableField] {
    var fields = [
      AskableField("user", .text), AskableField("item", .text),
      AskableField(feedback == .events ? "weight" : "rating", .number),
    ]
    if !times.isEmpty { fields.append(AskableField("time", .moment)) }
    return fields + entities.itemFields.askable + entities.userFields.askable
  }
}

extension Condition {
  /// A condition as an option gives it, its fields and what they are compared with checked.
  init(_ argument: Call.Argument, fields known: [AskableField]) throws(Diagnostic) {
    try self.init(parsing: argument.text, at: argument.range.start + (argument.isQuoted ? 1 : 0))
    for test in tests {
      guard let field = known.first(where: { $0.name.lowercased() == test.field.text.lowercased() }) else {
        let names = known.map(\.name)
        throw Diagnostic(
          .unknownField, "no field '\(test.field.text)' here", at: test.field.range,
          hint: didYouMean(nearest(test.field.text, in: names)), help: "fields: \(names.joined(separator: ", "))")
      }
      guard let value = test.value, value.quotedNumber == nil, field.kind != .text else { continue }
      let isMoment = field.kind == .moment
      throw Diagnostic(
        .badValue,
        "'\(field.name)' is \(isMoment ? "a moment" : "a number"), and \(Diagnostic.quoted(value.text)) is none",
        at: value.range, hint: isMoment ? "such as 2018-01-31 or 2018-01-31T12:00" : nil)
    }
  }

  /// Whether an item meets the condition.
  func holds(for item: ItemIndex, of entities: Entities) -> Bool {
    holds { entities.value(of: $0, item: item) }
  }

  /// Whether a user meets the condition.
  func holds(for user: UserIndex, of entities: Entities) -> Bool {
    holds { entities.value(of: $0, user: user) }
  }
}
