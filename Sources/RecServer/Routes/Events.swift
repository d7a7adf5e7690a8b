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
      if event.test == nil, let assignment = call.service.experiment?.assignment(of: event.user) {
        event.test = assignment.test
        event.arm = assignment.arm
      }
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

/// 128 random bits in hexadecimal digits.
private func randomIdentifier() -> String {
  (0..<2).map { _ in
    let digits = String(UInt64.random(in: 0...UInt64.max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }.joined()
}
