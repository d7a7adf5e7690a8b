import RecData
import RecLanguage

extension Route {
  /// What users did.
  static let events = Route(
    "POST", "/events", .events, "Log what users did; once it is answered, it is on the disk.",
    body: Body(
      Schema.any([Schema.named("Event"), Schema.array(Schema.named("Event"), limit: 10_000)]), limit: 4 << 20),
    answer: Schema.object(
      ["logged": Schema.count, "repeated": Schema.count], required: ["logged", "repeated"]), failures: [409]
  ) { call in
    guard let log = call.service.events else {
      throw RequestFailure(
        409, "nothing-there", "this server logs no events", hint: "start it with log=events.db")
    }
    let body = try call.json()
    let now = EventLog.now
    func event(_ body: BodyValue) throws(RequestFailure) -> Event {
      var event = try Event(body, now: now) { randomIdentifier() }
      try call.service.experiment?.place(&event, body)
      return event
    }
    let events =
      if case .array = body.value { try body.list(limit: 10_000).map { try event($0) } } else { [try event(body)] }
    let new = try await log.append(events)
    call.service.metrics.logged(new: new, of: events.count)
    return .json { json in
      json.object { json in
        json.member("logged", new)
        json.member("repeated", events.count - new)
      }
    }
  }
}

extension LiveExperiment {
  /// Puts an event into the arm that its user was shown; who was shown none stays without one.
  ///
  /// - Throws: for what would make the log say of this test what is not so.
  fileprivate func place(_ event: inout Event, _ body: BodyValue) throws(RequestFailure) {
    guard !event.id.hasPrefix(Event.exposureID) else {
      throw .badValue("ids that begin with \(Event.exposureID) are the server's", pointer: body.pointer)
    }
    guard event.test != nil || event.arm == nil else {
      throw .badValue("an arm stands there without its test", pointer: body.pointer)
    }
    guard event.test ?? name == name else { return }
    guard !EventTally.exposureKinds.contains(event.kind) else {
      throw .badValue(
        "exposures of the test \(Diagnostic.quoted(name)) are logged by the server", pointer: body.pointer)
    }
    let own = exposure(of: event.user)
    if let arm = event.arm, arm != own?.arm {
      throw RequestFailure(
        409, "malformed-value", "the user was not shown \(Diagnostic.quoted(arm))", hint: "leave test and arm out",
        pointer: body.pointer)
    }
    event.test = own?.test
    event.arm = own?.arm
  }
}

/// 128 random bits in hexadecimal digits.
private func randomIdentifier() -> String {
  (0..<2).map { _ in
    let digits = String(UInt64.random(in: 0...UInt64.max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }.joined()
}
