/// A way to part ratings into folds, each of which is held out once.
package enum FoldRule: String, Sendable, CaseIterable {
  case random, user, time
  case coldUser = "cold-user"
  case coldItem = "cold-item"

  /// One line without a full stop.
  package var summary: String {
    switch self {
    case .random: "each rating by itself, by its hash"
    case .user: "each user's ratings are dealt out in the order of their hashes"
    case .time: "rolling: train on all before a stretch of time, test on the stretch"
    case .coldUser: "whole users"
    case .coldItem: "whole items"
    }
  }

  /// Whether a fold is trained on what came before it alone.
  var isRolling: Bool { self == .time }
}
