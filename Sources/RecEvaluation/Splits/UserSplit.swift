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
      let first = sides.count
      sides.append(contentsOf: repeatElement(.train, count: count))
      guard test + valid > 0 else { return }
      // Unsigned hashes compare by their upper 31 bits before the rest; equal ones (never seen) by item.
      let order = hashes.indices.sorted { (hashes[$0], $0) < (hashes[$1], $1) }
      for (rank, place) in order.prefix(test + valid).enumerated() {
        sides[first + place] = rank < test ? .test : .valid
      }
    }
  }
}

/// A number that is not negative, rounded to the nearest whole one, halves up.
func roundedHalfUp(_ value: Double) -> Int { Int((value + 0.5).rounded(.down)) }
