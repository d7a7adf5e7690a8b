extension SplitRule {
  /// Each rating by itself, by the hash of user, item and seed.
  static let random = SplitRule(
    "random", summary: "each rating by itself, by a hash that Spark repeats",
    definition: """
      hash = xxhash64(user, item, seed) as Spark SQL computes it: the chain starts at 42 and each column's hash seeds the \
      next; whole-number ids and the seed are 64-bit integers, other ids their UTF-8 bytes. A rating is for testing when \
      hash >>> 33 < Int(test · 2³¹), for validation when it lies in the next Int(valid · 2³¹), and for training otherwise.

      Shares are met on average, not exactly. A rating keeps its side when others are added or removed.
      """
  ) { dataset, request, execution in
    let limits = HashLimits(request)
    return try dataset.sidesByUser(seed: request.seed, execution: execution) { _, hashes, sides in
      for hash in hashes { sides.append(limits.side(hash)) }
    }
  }
}
