import Dispatch
import Synchronization

/// How far a server has come, for threads that wait for it.
///
/// A class because the server's tasks and its owner share it.
final class ServerRun: Sendable {
  private struct State {
    /// By place; 0 until it listens.
    var ports: [Int]
    var failure: (any Error)?
    var isEnded = false
    /// When connections that are still open are cut; nil while it is not to stop.
    var deadline: ContinuousClock.Instant?
  }

  private let state: Mutex<State>
  private let listening = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  init(portCount: Int) { state = Mutex(State(ports: Array(repeating: 0, count: portCount))) }

  var ports: [Int] { state.withLock(\.ports) }

  func listens(_ place: Int, at port: Int) {
    let isWhole = state.withLock { state in
      state.ports[place] = port
      return !state.ports.contains(0)
    }
    if isWhole { listening.signal() }
  }

  /// Sets when connections that are still open are cut, where that is not set yet.
  func stops(within time: Duration) {
    state.withLock { $0.deadline = $0.deadline ?? ContinuousClock.now + time }
  }

  /// How long a connection that is to be closed may wait for its client, of at most so much.
  func patience(atMost time: Duration) -> Duration {
    let deadline = state.withLock(\.deadline)
    return deadline.map { min(time, max(.zero, $0 - ContinuousClock.now)) } ?? time
  }

  /// Why it ended; nil where it was stopped, or goes on.
  var failure: (any Error)? { state.withLock(\.failure) }

  func end(_ failure: (any Error)?) {
    state.withLock { state in
      state.failure = failure
      state.isEnded = true
    }
    listening.signal()
    ended.signal()
  }

  /// Why it does not listen; nil where it does.
  func waitUntilListening() -> (any Error)? {
    listening.wait()
    return state.withLock { $0.isEnded ? $0.failure ?? CancellationError() : nil }
  }

  /// Whether it has ended within the time; nil waits for good.
  func waitUntilEnded(timeout: DispatchTimeInterval?) -> Bool {
    let result =
      timeout.map { ended.wait(timeout: .now() + $0) }
      ?? {
        ended.wait(); return .success
      }()
    // Whoever asks again gets the same answer.
    if result == .success { ended.signal() }
    return result == .success
  }
}
