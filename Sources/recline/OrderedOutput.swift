import RecKernels
import Synchronization

/// What works that run at once write, in the order of the works.
///
/// The first that is not done writes straight through; a later one's text is kept until its turn comes. A class, because
/// the works share it.
final class OrderedOutput: Sendable {
  private struct State {
    var turn = 0
    var kept: [[(stream: StandardStream, text: String)]]
    var isDone: [Bool]
  }

  private let state: Mutex<State>

  /// - Parameter count: how many works there are; their numbers are those below it.
  init(count: Int) {
    state = Mutex(State(kept: Array(repeating: [], count: count), isDone: Array(repeating: false, count: count)))
  }

  /// Takes a text of a work.
  func write(_ text: String, to stream: StandardStream, of work: Int) throws(FileFailure) {
    try state.withLock { state throws(FileFailure) in
      if work == state.turn {
        try stream.write(text)
      } else {
        state.kept[work].append((stream, text))
      }
    }
  }

  /// A work is done; the turn is that of the first that is not.
  func finish(_ work: Int) throws(FileFailure) {
    try state.withLock { state throws(FileFailure) in
      state.isDone[work] = true
      while state.turn < state.isDone.count, state.isDone[state.turn] {
        state.turn += 1
        guard state.turn < state.kept.count else { return }
        for (stream, text) in state.kept[state.turn] { try stream.write(text) }
        state.kept[state.turn] = []
      }
    }
  }
}
