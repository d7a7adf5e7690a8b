import GRDB
import RecLanguage
import Synchronization

/// The arm of an experiment that a user is in.
package struct Assignment: Sendable, Equatable {
  package let test: String
  package let arm: String
  package let model: String
}

/// An experiment between models that runs on the requests of the server.
///
/// A user belongs to the arm that the salted hash of the id chooses, and stays there when shares are changed: whoever was
/// exposed is looked up first, and the log tells after a start who was. A class because requests share what they learn.
package final class LiveExperiment: Sendable {
  /// A model and its share of the users.
  package struct Arm: Sendable, Equatable {
    package let name: String
    package let share: Double
    package init(_ name: String, share: Double) {
      self.name = name
      self.share = share
    }
  }

  private struct State {
    var arms: [Arm]
    /// The arm of everybody who was exposed, by place in `arms`.
    var exposed: [String: UInt8] = [:]
  }

  package let name: String
  private let state: Mutex<State>
  private let hash: @Sendable (_ user: String) -> Double

  /// - Parameters:
  ///   - name: Salts the hash: another experiment divides the same users anew.
  ///   - arms: From 2 to 100, shares that sum to more than 0.
  ///   - log: Where earlier exposures stand.
  package init(name: String, arms: [Arm], log: EventLog?) throws {
    self.name = name
    hash = { AssignmentHash.value(of: $0, seed: name) }
    var state = State(arms: arms)
    try log?.readNow { database in
      let rows = try Row.fetchCursor(
        database, sql: "SELECT user, arm FROM event WHERE kind = 'exposure' AND test = ? ORDER BY time DESC",
        arguments: [name])
      // The earliest is read last and counts.
      while let row = try rows.next() {
        guard let arm: String = row[1], let place = arms.firstIndex(where: { $0.name == arm }) else { continue }
        state.exposed[row[0]] = UInt8(place)
      }
    }
    self.state = Mutex(state)
  }

  package var arms: [Arm] { state.withLock(\.arms) }

  /// Changes the shares of the arms, in their order; who was exposed stays.
  func setShares(_ shares: [Double]) {
    state.withLock { state in
      state.arms = zip(state.arms, shares).map { Arm($0.name, share: $1) }
    }
  }

  /// The arm of a user.
  package func assignment(of user: String) -> Assignment {
    let arm = state.withLock { state in
      state.arms[state.exposed[user].map(Int.init) ?? Self.place(of: hash(user), in: state.arms)]
    }
    return Assignment(test: name, arm: arm.name, model: arm.name)
  }

  /// Keeps that a user was exposed; whether that is new.
  func keep(_ user: String, _ assignment: Assignment) -> Bool {
    state.withLock { state in
      guard state.exposed[user] == nil, let place = state.arms.firstIndex(where: { $0.name == assignment.arm }) else {
        return false
      }
      state.exposed[user] = UInt8(place)
      return true
    }
  }

  /// The arm within whose stretch of 0..<1 a number lies; the stretches are as long as the shares and in their order.
  private static func place(of number: Double, in arms: [Arm]) -> Int {
    let sum = arms.reduce(0) { $0 + $1.share }
    var end = 0.0
    for (place, arm) in arms.enumerated() {
      end += arm.share / sum
      if number < end { return place }
    }
    return arms.lastIndex { $0.share > 0 } ?? 0
  }
}

extension RecommendationService {
  /// Logs that a user was shown what an arm recommends, the first time that it happens.
  func expose(_ user: String, _ assignment: Assignment) {
    guard let experiment, experiment.keep(user, assignment) else { return }
    events?.appendLater(
      Event(
        id: "exposure/\(assignment.test)/\(user)", time: EventLog.now, user: user, kind: "exposure",
        test: assignment.test, arm: assignment.arm))
  }
}
