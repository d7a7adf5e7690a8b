import RecData
import RecEvaluation
import RecLanguage

extension Routes {
  static let experiment: [Route] = [.experiment, .board, .changeShares]
}

extension Route {
  private static let arms = Schema.array(
    Schema.object(["arm": Schema.text, "share": Schema.number], required: ["arm", "share"]))

  /// The experiment that runs.
  static let experiment = Route(
    "GET", "/abtest", .reading, "The experiment that runs, with its arms.",
    answer: Schema.object(["test": Schema.text, "arms": arms], required: ["test", "arms"])
  ) { call in
    let experiment = try call.runningExperiment()
    return .json { experiment.write(to: &$0) }
  }

  /// How it stands.
  static let board = Route(
    "GET", "/abtest/board", .reading, "How the experiment stands: users, click-through, sample ratio and verdict.",
    answer: .object([.init("type", .string("object"))]), failures: [409]
  ) { call in
    let experiment = try call.runningExperiment()
    let service = call.service
    let board = try await service.queue.run { try service.board() }
    guard let board else {
      throw RequestFailure(409, "nothing-there", "this server logs no events", hint: "start it with log=events.db")
    }
    return .json { board.write(experiment, to: &$0) }
  }

  /// Other shares of the traffic.
  static let changeShares = Route(
    "PUT", "/abtest", .administration, "Change the shares of the traffic; whoever was exposed stays in the arm.",
    body: Body(.object([.init("type", .string("object")), .init("additionalProperties", Schema.number)])),
    answer: Schema.object(["test": Schema.text, "arms": arms], required: ["test", "arms"])
  ) { call in
    let experiment = try call.runningExperiment()
    let body = try call.json()
    let names = experiment.arms.map(\.name)
    let members = try body.members(names)
    var shares: [Double] = []
    for name in names {
      guard let share = try members[name]?.number(), share >= 0, share <= 1e6 else {
        throw RequestFailure.badValue("expected a share of 0 or more for '\(name)'")
      }
      shares.append(share)
    }
    guard shares.contains(where: { $0 > 0 }) else { throw RequestFailure.badValue("the shares sum to zero") }
    try await experiment.setShares(shares, log: call.service.events)
    return .json { experiment.write(to: &$0) }
  }
}

extension RouteCall {
  /// - Throws: 404 where none runs.
  fileprivate func runningExperiment() throws(RequestFailure) -> LiveExperiment {
    guard let experiment = service.experiment else {
      throw RequestFailure(
        404, "nothing-there", "no experiment runs", hint: "serve svd:50 hybrid:50 log=events.db starts one")
    }
    return experiment
  }
}

extension LiveExperiment {
  func write(to json: inout JSONText) {
    json.object { json in
      json.member("test", name)
      json.member("arms") { json in
        json.array { json in
          for arm in arms {
            json.object { json in
              json.member("arm", arm.name)
              json.member("share", arm.share)
            }
          }
        }
      }
    }
  }
}
