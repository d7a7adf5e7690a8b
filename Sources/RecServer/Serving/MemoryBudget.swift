import Synchronization

/// How many bytes of bodies and answers there may be at once.
///
/// A class because all requests share it.
final class MemoryBudget: Sendable {
  private let limit: Int
  private let used = Mutex(0)

  init(_ limit: Int) { self.limit = limit }

  /// Whether there is room for so many more; they are taken where there is.
  func reserve(_ count: Int) -> Bool {
    used.withLock { used in
      guard used + count <= limit else { return false }
      used += count
      return true
    }
  }

  func release(_ count: Int) { used.withLock { $0 -= count } }
}
