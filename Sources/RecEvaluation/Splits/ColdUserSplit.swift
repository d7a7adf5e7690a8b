import RecAlgebra
internal import RecData

extension SplitRule {
  /// Whole users, who are then strangers to every model.
  static let coldUser = SplitRule(
    "cold-user", summary: "whole users: how a model serves strangers",
    definition: """
      All ratings of a user are for testing when hash >>> 33 < Int(test · 2³¹), for validation when it lies in the next \
      Int(valid · 2³¹), and for training otherwise; hash = xxhash64(user, seed), chained as for by=random. Shares are \
      shares of the users, met on average.
      """
  ) { dataset, request, _ in
    let limits = HashLimits(request)
    let hash = SplitHash(dataset.entities, seed: request.seed)
    var sides: [DatasetRole] = []
    sides.reserveCapacity(dataset.count)
    for user in dataset.entities.users.indices {
      let side = limits.side(hash.ofUser(user))
      sides.append(contentsOf: repeatElement(side, count: dataset.interactions.row(user).count))
    }
    return sides
  }
}
