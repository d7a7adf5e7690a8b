import RecAlgebra
internal import RecData

extension SplitRule {
  /// Whole items, which are then new to every model.
  static let coldItem = SplitRule(
    "cold-item", summary: "whole items: how a model places what nobody rated yet",
    definition: """
      All ratings of an item are for testing when hash >>> 33 < Int(test · 2³¹), for validation when it lies in the next \
      Int(valid · 2³¹), and for training otherwise; hash = xxhash64(item, seed), chained as for by=random. Shares are \
      shares of the items, met on average.
      """
  ) { dataset, request, _ in
    let limits = HashLimits(request)
    let hash = SplitHash(dataset.entities, seed: request.seed)
    let sides = dataset.entities.items.indices.map { limits.side(hash.ofItem($0)) }
    return dataset.interactions.columns.map { sides[Int($0)] }
  }
}
