package import RecData
import Synchronization

/// Trials that are done, by all that their score depends on.
///
/// A class because it keeps what a statement that was interrupted has found: the session is put back as it was, this is not.
/// A score is a function of data and key, so that it does not matter who found it.
package final class TrialMemory: Sendable {
  /// The scores on one pair of data.
  private struct Shelf: Sendable {
    let data: Dataset
    let valid: Dataset?
    var scores: [String: TrialScore] = [:]
  }

  private let shelves = Mutex<[Shelf]>([])

  package init() {}

  /// The score of a trial that is done.
  ///
  /// - Parameters:
  ///   - data: What is trained on, before anything is held out; compared at no cost where it is the session's own.
  ///   - valid: The session's held-out rows; nil where some of `data` are held out.
  package func score(_ key: String, data: Dataset, valid: Dataset?) -> TrialScore? {
    shelves.withLock { shelves in shelves.first { $0.data == data && $0.valid == valid }?.scores[key] }
  }

  package func keep(_ score: TrialScore, for key: String, data: Dataset, valid: Dataset?) {
    shelves.withLock { shelves in
      let place = shelves.firstIndex { $0.data == data && $0.valid == valid } ?? shelves.count
      if place == shelves.count { shelves.append(Shelf(data: data, valid: valid)) }
      shelves[place].scores[key] = score
    }
  }
}
