import NIOPosix
package import RecModels
import Synchronization

/// The work of models, on threads of its own: requests for lists that wait at once become one product.
///
/// While a batch is computed the next requests gather; a request that finds a free thread waits for nobody. A class
/// because all requests share it.
package final class ScoringQueue: Sendable {
  /// A list that a request waits for.
  private struct Wanted: Sendable {
    let served: ServedModel
    let history: History
    let rule: ListRule
    let continuation: CheckedContinuation<[ScoredItem], Never>

    func goes(with other: Wanted) -> Bool { served === other.served && rule.hidesSeen == other.rule.hidesSeen }
  }

  private struct State {
    var lists: [Wanted] = []
    var others: [@Sendable () -> Void] = []
    var busyThreads = 0
    var waitingCount: Int { lists.count + others.count }
  }

  private let state = Mutex(State())
  private let pool: NIOThreadPool
  private let threadCount: Int
  private let capacity: Int
  private static let batchSize = 128

  /// - Parameters:
  ///   - threadCount: How many threads score.
  ///   - capacity: How many requests may wait; one more is refused.
  package init(threadCount: Int, capacity: Int) {
    self.threadCount = max(1, threadCount)
    self.capacity = capacity
    pool = NIOThreadPool(numberOfThreads: self.threadCount)
    pool.start()
  }

  /// How many requests wait.
  package var waitingCount: Int { state.withLock { $0.waitingCount } }

  /// The list of one history; `busy` where too many wait.
  package func list(_ served: ServedModel, _ history: History, _ rule: ListRule) async throws -> [ScoredItem] {
    try checkCapacity()
    return await withCheckedContinuation { continuation in
      start { state in
        state.lists.append(Wanted(served: served, history: history, rule: rule, continuation: continuation))
      }
    }
  }

  /// Any other work; `busy` where too many wait.
  package func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try checkCapacity()
    return try await withCheckedThrowingContinuation { continuation in
      start { state in
        state.others.append { continuation.resume(with: Swift.Result { try work() }) }
      }
    }
  }

  /// Ends the threads once the work is done that is there.
  package func stop() async throws { try await pool.shutdownGracefully() }

  private func checkCapacity() throws {
    guard waitingCount < capacity else { throw RequestFailure.busy() }
  }

  private func start(_ add: (inout State) -> Void) {
    let needsThread = state.withLock { state in
      add(&state)
      guard state.busyThreads < threadCount else { return false }
      state.busyThreads += 1
      return true
    }
    guard needsThread else { return }
    pool.submit { [self] _ in while work() {} }
  }

  /// Does what waits, other work and a batch of lists in turn; false where nothing did.
  private func work() -> Bool {
    let (other, batch) = state.withLock { state -> ((@Sendable () -> Void)?, [Wanted]) in
      if state.waitingCount == 0 {
        state.busyThreads -= 1
        return (nil, [])
      }
      let other = state.others.isEmpty ? nil : state.others.removeFirst()
      guard let first = state.lists.first else { return (other, []) }
      var batch: [Wanted] = []
      var rest: [Wanted] = []
      for wanted in state.lists {
        if batch.count < Self.batchSize, wanted.goes(with: first) { batch.append(wanted) } else { rest.append(wanted) }
      }
      state.lists = rest
      return (other, batch)
    }
    guard other != nil || !batch.isEmpty else { return false }
    other?()
    guard let first = batch.first else { return true }
    // A shorter list is the beginning of a longer one.
    let rule = ListRule(length: batch.map(\.rule.length).max() ?? 0, hidesSeen: first.rule.hidesSeen)
    let lists = first.served.model.recommender.lists(for: batch.map(\.history), rule)
    for (wanted, list) in zip(batch, lists) {
      wanted.continuation.resume(
        returning: list.count > wanted.rule.length ? Array(list.prefix(wanted.rule.length)) : list)
    }
    return true
  }
}
