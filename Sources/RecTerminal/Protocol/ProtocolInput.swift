import CLibedit
import FoundationEssentials
package import RecKernels
import Synchronization

/// What a client asks for, a JSON object on a line.
struct ProtocolRequest: Decodable, Sendable {
  /// Comes back with every answer; a number or a text.
  let id: ProtocolIdentifier?
  let `do`: String
  let text: String?
  /// In Unicode scalars from the start of the text; without it, its end.
  let cursor: Int?
}

/// The client's own name of a request.
enum ProtocolIdentifier: Decodable, Sendable {
  case number(Int)
  case text(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }
}

/// The requests on standard input, of which those that interrupt are heard while a statement runs.
///
/// A class because the running work looks into it, from any of its threads.
package final class ProtocolInput: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var lines: [[UInt8]] = []
    /// How many of the lines are known not to be for the running statement.
    var checkedCount = 0
    var isAtEnd = false
  }

  private let state = Mutex(State())
  private let cancellation: Cancellation

  /// - Parameter cancellation: what an interrupting request asks.
  package init(_ cancellation: Cancellation) { self.cancellation = cancellation }

  /// The next line, waited for; nil at the end.
  func next() -> [UInt8]? {
    state.withLock { state in
      while state.lines.isEmpty, !state.isAtEnd { Self.read(&state) }
      state.checkedCount = 0
      return state.lines.isEmpty ? nil : state.lines.removeFirst()
    }
  }

  /// Takes in what has come, and stops the running statement where an interruption of it is there. Long work calls it.
  ///
  /// An interruption is of the last statement sent before it: it does not stop those before that.
  package func listen() {
    state.withLock { state in
      while !state.isAtEnd, editor_has_input() == 1 { Self.read(&state) }
      while state.checkedCount < state.lines.count {
        let line = state.lines[state.checkedCount]
        switch (try? JSONDecoder().decode(ProtocolRequest.self, from: Data(line)))?.do {
        case "execute": return
        case "interrupt": cancellation.cancel()
        default: break
        }
        state.checkedCount += 1
      }
    }
  }

  private static func read(_ state: inout State) {
    guard let bytes = try? StandardStream.input.read(), !bytes.isEmpty else {
      if !state.bytes.isEmpty { state.lines.append(state.bytes) }
      state.bytes = []
      state.isAtEnd = true
      return
    }
    state.bytes += bytes
    var parts = state.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    state.bytes = parts.popLast().map(Array.init) ?? []
    state.lines += parts.filter { !$0.isEmpty }.map(Array.init)
  }
}
