import RecAlgebra
import RecData

extension Entities {
  /// What an item has in a field; `item` is its id.
  func value(of field: String, item: ItemIndex) -> FieldValue {
    field.lowercased() == "item" ? .text(items[item].text) : itemFields.value(of: field, at: item.raw)
  }

  /// The fields that a condition on items may name.
  var itemFieldNames: [String] { ["item"] + itemFields.askableNames }
}

extension FieldTable {
  /// The fields that a condition may name: the columns, and the year that titles end in.
  fileprivate var askableNames: [String] { names + (yearsStandInTitles ? ["year"] : []) }

  /// What a row has in a field; names are matched without regard to case.
  func value(of field: String, at index: Int) -> FieldValue {
    let wanted = field.lowercased()
    guard let place = names.firstIndex(where: { $0.lowercased() == wanted }) else {
      let year = wanted == "year" ? yearInTitle(at: index) : .nan
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
  var fieldNames: [String] {
    var names = ["user", "item", feedback == .events ? "weight" : "rating"]
    if !times.isEmpty { names.append("time") }
    return names + entities.itemFields.askableNames + entities.userFields.names
  }

  /// For each interaction whether a condition holds.
  func matches(_ condition: Condition) -> [Bool] {
    var matches = [Bool](repeating: false, count: count)
    for user in 0..<interactions.rowCount {
      for entry in interactions.row(user) {
        matches[entry] = condition.holds { value(of: $0, user: user, entry: entry) }
      }
    }
    return matches
  }

  private func value(of field: String, user: Int, entry: Int) -> FieldValue {
    switch field.lowercased() {
    case "rating", "weight": return .number(Double(interactions.values[entry]))
    case "user": return .text(entities.users[UserIndex(user)].text)
    case "item": return .text(entities.items[ItemIndex(interactions.columns[entry])].text)
    case "time" where !times.isEmpty: return .number(Double(times[entry]))
    default:
      let ofItem = entities.itemFields.value(of: field, at: Int(interactions.columns[entry]))
      return ofItem == .missing ? entities.userFields.value(of: field, at: user) : ofItem
    }
  }
}

extension Condition {
  /// A condition as an option gives it, its fields checked.
  init(_ argument: Call.Argument, fields known: [String]) throws(Diagnostic) {
    try self.init(parsing: argument.text, at: argument.range.start + (argument.isQuoted ? 1 : 0))
    for field in fields where !known.contains(where: { $0.lowercased() == field.text.lowercased() }) {
      throw Diagnostic(
        .unknownField, "no field '\(field.text)' here", at: field.range,
        hint: didYouMean(nearest(field.text, in: known)),
        help: "fields: \(known.joined(separator: ", "))")
    }
  }

  /// Whether an item meets the condition.
  func holds(for item: ItemIndex, of entities: Entities) -> Bool {
    holds { entities.value(of: $0, item: item) }
  }
}
