import GRDB
import RecData
package import RecEvaluation
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
/// A user belongs to the arm that the salted hash of the id chooses. Changed shares move no more users than they must, and
/// nobody who was exposed: whoever was is looked up first, and after a start the log tells who was. A class because
/// requests share what they learn.
package final class LiveExperiment: Sendable {
  private struct State {
    var experiment: Experiment
    /// The arm of everybody who was exposed.
    var exposed: [String: UInt8] = [:]
  }

  package let name: String
  private let state: Mutex<State>

  /// - Parameters:
  ///   - name: Salts the hash: another experiment divides the same users anew.
  ///   - shares: Names of models and weights of any scale; at least two different names, weights of which one is above 0.
  ///   - log: Where earlier exposures stand.
  package init(name: String, shares: [(model: String, weight: Double)], log: EventLog?) throws {
    self.name = name
    var state = State(
      experiment: Experiment(name: name, weights: shares.map { (arm: $0.model, weight: $0.weight) }))
    try log?.readNow { database in
      let rows = try Row.fetchCursor(
        database, sql: "SELECT user, arm FROM event WHERE kind = 'exposure' AND test = ? ORDER BY time DESC",
        arguments: [name])
      // The earliest is read last and counts.
      while let row = try rows.next() {
        guard let arm: String = row[1], let place = shares.firstIndex(where: { $0.model == arm }) else { continue }
        state.exposed[row[0]] = UInt8(place)
      }
    }
    self.state = Mutex(state)
  }

  /// The arms with their present shares, which sum to 1.
  package var arms: [Experiment.Arm] { state.withLock(\.experiment.arms) }

  /// Changes the shares of the arms, in their order, to weights of any scale; who was exposed stays.
  func setShares(_ weights: [Double]) {
    state.withLock { $0.experiment = $0.experiment.changing(weights: weights, coverage: 1) }
  }

  /// The arm of a user.
  package func assignment(of user: String) -> Assignment {
    let arm = state.withLock { state in
      let place = state.exposed[user].map(Int.init) ?? state.experiment.arm(of: UserID(user)) ?? 0
      return state.experiment.arms[place].name
    }
    return Assignment(test: name, arm: arm, model: arm)
  }

  /// Keeps that a user was exposed; whether that is new.
  func keep(_ user: String, _ assignment: Assignment) -> Bool {
    state.withLock { state in
      guard state.exposed[user] == nil,
        let place = state.experiment.arms.firstIndex(where: { $0.name == assignment.arm })
      else { return false }
      state.exposed[user] = UInt8(place)
      return true
    }
  }

  /// Takes back that a user was exposed.
  func forget(_ user: String) { state.withLock { $0.exposed[user] = nil } }
}

extension RecommendationService {
  /// Logs that users were shown what an arm recommends, the first time that it happens; once it returns, that is on the disk.
  ///
  /// - Throws: where it cannot be logged; the next list for the user is another try.
  func expose(_ users: [(user: String, assignment: Assignment)]) async throws {
    guard let experiment else { return }
    let new = users.filter { experiment.keep($0.user, $0.assignment) }
    guard let events, !new.isEmpty else { return }
    let now = EventLog.now
    do {
      _ = try await events.append(
        new.map { user, assignment in
          Event(
            id: "exposure/\(assignment.test)/\(user)", time: now, user: user, kind: "exposure", test: assignment.test,
            arm: assignment.arm)
        })
    } catch {
      for (user, _) in new { experiment.forget(user) }
      throw error
    }
  }
}
