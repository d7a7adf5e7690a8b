import GRDB
import RecData
package import RecEvaluation
package import RecLanguage
import Synchronization

/// The arm of an experiment that a user is in.
package struct Assignment: Sendable, Equatable {
  package let test: String
  package let arm: String
  package let model: String
}

/// An experiment between models that runs on the requests of the server.
///
/// A user belongs to the arm that the salted hash of the id chooses. Changed shares move no more users than they must, and
/// nobody who was exposed: whoever was is looked up first, and after a start the log tells who was. A class because
/// requests share what they learn.
package final class LiveExperiment: Sendable {
  /// Where somebody is who was shown an arm's list, or is about to be.
  private struct Place {
    let arm: UInt8
    /// Whether it is on the disk.
    var isLogged: Bool
  }

  private struct State {
    var experiment: Experiment
    /// By hashes of 64 bits that differ from process to process, so that a user takes ten bytes.
    var exposed: [Int: Place] = [:]

    func arm(of user: String) -> UInt8 {
      exposed[Self.key(user)]?.arm ?? UInt8(experiment.arm(of: UserID(user)) ?? 0)
    }

    static func key(_ user: String) -> Int { user.hashValue }
  }

  package let name: String
  private let state: Mutex<State>

  /// - Parameters:
  ///   - name: Salts the hash: another experiment divides the same users anew.
  ///   - shares: Names of models and weights of any scale.
  ///   - log: Where earlier exposures stand; the shares are written to it.
  /// - Throws: `Diagnostic` where the arms make no experiment, or not the one in the log; where the log cannot be read.
  package init(name: String, shares: [(model: String, weight: Double)], log: EventLog?) throws {
    guard (2...Self.armLimit).contains(shares.count), Set(shares.map(\.model)).count == shares.count else {
      throw Diagnostic("bad-operand", "a test has from 2 to \(Self.armLimit) different arms, found \(shares.count)")
    }
    guard shares.contains(where: { $0.weight > 0 }) else { throw Diagnostic("bad-operand", "the shares sum to zero") }
    self.name = name
    var state = State(
      experiment: Experiment(name: name, weights: shares.map { (arm: $0.model, weight: $0.weight) }))
    try log?.readNow { database in
      let rows = try Row.fetchCursor(
        database, sql: "SELECT user, arm FROM event WHERE kind = 'exposure' AND test = ? ORDER BY time DESC",
        arguments: [name])
      // The earliest is read last and counts.
      while let row = try rows.next() {
        guard let arm: String = row[1] else { continue }
        guard let place = shares.firstIndex(where: { $0.model == arm }) else {
          throw Diagnostic(
            "bad-operand",
            "the test \(Diagnostic.quoted(name)) has shown \(Diagnostic.quoted(arm)), which is no arm now",
            hint: "another name for the test")
        }
        let user: String = row[0]
        state.exposed[State.key(user)] = Place(arm: UInt8(place), isLogged: true)
      }
    }
    try log?.keepSharesNow(state.experiment)
    self.state = Mutex(state)
  }

  private static let armLimit = 100

  /// The arms with their present shares, which sum to 1.
  package var arms: [Experiment.Arm] { state.withLock(\.experiment.arms) }

  /// Changes the shares of the arms, in their order, to weights of any scale; who was exposed stays.
  func setShares(_ weights: [Double], log: EventLog?) async throws {
    let changed = state.withLock { $0.experiment.changing(weights: weights, coverage: 1) }
    try await log?.keepShares(changed)
    state.withLock { $0.experiment = changed }
  }

  /// The arm that a user is in, or would be in now.
  package func assignment(of user: String) -> Assignment {
    state.withLock { assignment($0.arm(of: user), $0) }
  }

  /// The arm of a user who is about to be shown its list, and stays in it from now on.
  func claim(_ user: String) -> Assignment {
    state.withLock { state in
      let arm = state.arm(of: user)
      let key = State.key(user)
      if state.exposed[key] == nil { state.exposed[key] = Place(arm: arm, isLogged: false) }
      return assignment(arm, state)
    }
  }

  /// The arm of somebody who was shown its list; nil for anybody else.
  func exposure(of user: String) -> Assignment? {
    state.withLock { state in
      guard let place = state.exposed[State.key(user)], place.isLogged else { return nil }
      return assignment(place.arm, state)
    }
  }

  func isLogged(_ user: String) -> Bool { state.withLock { $0.exposed[State.key(user)]?.isLogged ?? false } }

  func markLogged(_ users: [String]) {
    state.withLock { state in for user in users { state.exposed[State.key(user)]?.isLogged = true } }
  }

  private func assignment(_ place: UInt8, _ state: borrowing State) -> Assignment {
    let arm = state.experiment.arms[Int(place)].name
    return Assignment(test: name, arm: arm, model: arm)
  }
}

extension RecommendationService {
  /// Logs that users are shown what an arm recommends, the first time that it happens; once it returns, that is on the disk.
  ///
  /// - Throws: where it cannot be logged; the next list for the user is another try.
  func expose(_ users: [(user: String, assignment: Assignment)]) async throws {
    guard let experiment, let events else { return }
    let new = users.filter { !experiment.isLogged($0.user) }
    if new.isEmpty { return }
    let now = EventLog.now
    _ = try await events.append(
      new.map { user, assignment in
        Event(
          id: Event.exposureID + "\(assignment.test)/\(user)", time: now, user: user, kind: "exposure",
          test: assignment.test, arm: assignment.arm)
      })
    experiment.markLogged(new.map(\.user))
  }
}
