package import RecData
import RecModels

extension Entities {
  /// The item that a text names, by id or by title; several of one title are an error that lists their ids.
  ///
  /// - Parameter names: Those of the same entities; asked for only where the text is no id.
  package func item(named text: String, _ names: () -> ItemNames) throws(Diagnostic) -> ItemIndex {
    if let index = items.index(of: ItemID(text)) { return index }
    let names = names()
    let found = names.items(named: text)
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      let ids = found.prefix(8).map { "\(items[$0]) \(title(of: $0))" }
      throw Diagnostic(
        .ambiguous, "\(found.count) items have the title \(Diagnostic.quoted(text))", hint: "use an id",
        help: ids.joined(separator: " · "))
    }
    let near = names.nearest(to: text).map { item in
      let title = title(of: item)
      return title == items[item].text ? title : "\"\(title)\" (\(items[item]))"
    }
    throw Diagnostic(
      .unknownItem, "no item with the id or title \(Diagnostic.quoted(text))",
      hint: near.isEmpty ? nil : "did you mean \(listed(near))?")
  }
}

extension Session {
  /// The item that a word names, by id or by title.
  func item(_ argument: Call.Argument, in entities: Entities) throws(Diagnostic) -> ItemIndex {
    do { return try entities.item(named: argument.text) { ItemNames(entities) } } catch {
      throw error.located(at: argument.range)
    }
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
