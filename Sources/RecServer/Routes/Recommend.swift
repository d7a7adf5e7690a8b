import RecData

extension Route {
  /// The list of a user.
  static let recommend = Route(
    "GET", "/recommend/{user}", .reading, "The best items for a user.",
    parameters: [
      .user, .length,
      Parameter("exclude", Schema.text, "An item to leave out, by id or title, or several between commas."),
      Parameter("seen", Schema.choice(["hide", "show"]), "Whether items that the user has rated are listed; hide."),
      .model(orElse: "that of the experiment, else the first"), .version,
    ],
    answer: Schema.named("List"), failures: [409]
  ) { call in
    // Nobody is shown what HEAD leaves out.
    let answer = try await call.service.list(try ListQuery(call), exposes: !call.isHead)
    return .json { answer.write(to: &$0) }
  }

  /// Lists for somebody with a history, or for many at once.
  static let recommendMany = Route(
    "POST", "/recommend", .reading, "The best items for a history that is folded in, or for a list of users.",
    body: Body(
      Schema.any([Schema.named("ListQuery"), Schema.array(Schema.named("ListQuery"), limit: 1000)]), limit: 4 << 20),
    answer: Schema.any([Schema.named("List"), Schema.array(Schema.named("List"))]), failures: [409]
  ) { call in
    let body = try call.json()
    guard case .array = body.value else {
      let answer = try await call.service.list(try ListQuery(body))
      return .json { answer.write(to: &$0) }
    }
    let answers = try await call.service.lists(try body.list(limit: 1000).map { try ListQuery($0) })
    return .json { json in json.array { json in for answer in answers { answer.write(to: &json) } } }
  }
}
