import RecData
import RecModels

extension Session {
  /// The item that a word names, by id or by title; several of one title are an error that lists their ids.
  func item(_ argument: Call.Argument, in entities: Entities) throws(Diagnostic) -> ItemIndex {
    if let index = entities.items.index(of: ItemID(argument.text)) { return index }
    let names = ItemNames(entities)
    let found = names.items(named: argument.text)
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      let ids = found.prefix(8).map { "\(entities.items[$0]) \(entities.title(of: $0))" }
      throw Diagnostic(
        .ambiguous, "\(found.count) items have the title \(Diagnostic.quoted(argument.text))", at: argument.range,
        hint: "use an id", help: ids.joined(separator: " · "))
    }
    let near = names.nearest(to: argument.text).map { item in
      let title = entities.title(of: item)
      return title == entities.items[item].text ? title : "\"\(title)\" (\(entities.items[item]))"
    }
    throw Diagnostic(
      .unknownItem, "no item with the id or title \(Diagnostic.quoted(argument.text))", at: argument.range,
      hint: near.isEmpty ? nil : "did you mean \(listed(near))?")
  }

  /// Warns where a user is unknown, with the nearest ids; an unknown user is answered, not refused.
  func warning(forUnknown user: Call.Argument, model: Model) -> Diagnostic? {
    let users = model.entities.users
    let id = UserID(user.text)
    guard users.index(of: id) == nil, model.additions[id] == nil else { return nil }
    let near = nearest(user.text, in: users.indices.lazy.map { users[UserIndex($0)].text })
    return Diagnostic(
      warning: .unknownUser,
      "'\(model.name)' does not know user \(Diagnostic.quoted(user.text)): the fallback for unknown users answers",
      at: user.range, hint: didYouMean(near))
  }
}
