internal import RecData

extension SplitRule {
  /// Each user's newest rating.
  static let last = SplitRule(
    "last", summary: "each user's last rating, also called leave-one-out",
    definition: """
      The last rating of each user is for testing; with a valid share, of whatever size, the one before it is for \
      validation. Of ratings of the same time the one with the larger xxhash64(user, item, seed) is later, compared by its \
      unsigned 31-bit hash >>> 33 and then by the whole unsigned hash. One rating of each user stays for training: who has \
      a single rating is not tested, who has two is not validated. The size of the test share is not looked at.
      """,
    takesShare: false, needsTimes: true
  ) { dataset, request, execution in
    let takesValid = request.valid > 0
    return try dataset.sidesByUser(seed: request.seed, execution: execution) { entries, hashes, sides in
      let first = sides.count
      sides.append(contentsOf: repeatElement(.train, count: entries.count))
      guard entries.count > 1 else { return }
      let newestFirst = hashes.indices.sorted {
        (dataset.times[entries.lowerBound + $0], hashes[$0], $0)
          > (dataset.times[entries.lowerBound + $1], hashes[$1], $1)
      }
      sides[first + newestFirst[0]] = .test
      if takesValid && entries.count > 2 { sides[first + newestFirst[1]] = .valid }
    }
  }
}
