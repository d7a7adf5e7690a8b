internal import RecData

extension SplitRule {
  /// The same share of every user's ratings.
  static let user = SplitRule(
    "user", summary: "the same share of every user's ratings",
    definition: """
      Of each user's n ratings round(test · n) are for testing, halves rounded up, and at most n − 1, so that everybody \
      has something to be trained on: those with the smallest hash xxhash64(user, item, seed), compared by its unsigned \
      31-bit hash >>> 33 and then by the whole unsigned hash. The next round(valid · n) are for validation, again leaving \
      one for training.
      """
  ) { dataset, request, execution in
    try dataset.sidesByUser(seed: request.seed, execution: execution) { entries, hashes, sides in
      let count = entries.count
      let test = min(roundedHalfUp(request.test * Double(count)), max(0, count - 1))
      let valid = min(roundedHalfUp(request.valid * Double(count)), max(0, count - 1 - test))
      // Unsigned hashes compare by their upper 31 bits before the rest; equal ones (never seen) by item.
      var tested = SmallestHashes(hashes, count: test)
      var held = SmallestHashes(hashes, count: test + valid)
      for hash in hashes {
        let isHeld = held.contains(hash)
        sides.append(tested.contains(hash) ? .test : isHeld ? .valid : .train)
      }
    }
  }
}

/// A number that is not negative, rounded to the nearest whole one, halves up.
func roundedHalfUp(_ value: Double) -> Int { Int((value + 0.5).rounded(.down)) }
