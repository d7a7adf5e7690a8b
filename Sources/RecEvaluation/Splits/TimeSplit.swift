internal import RecData

extension SplitRule {
  /// Everything before a moment against everything from it on.
  static let time = SplitRule(
    "time", summary: "train on the past, test on what came after a moment",
    definition: """
      Ratings at or after a moment are for testing: the one given by at=, or the time of the round(test · n)-th newest of \
      all n ratings, halves rounded up. Equal times are never parted, so that the test side may be larger than its share. \
      Of the ratings before that moment the newest are for validation, cut in the same way at the round(valid · n)-th \
      newest of them.
      """,
    takesMoment: true, needsTimes: true
  ) { dataset, request, _ in
    let sorted = dataset.times.sorted()
    let earliest = sorted[0]
    let latest = sorted[sorted.count - 1]
    let testStart: Int
    if let moment = request.moment {
      testStart = firstIndex(in: sorted, notBefore: moment)
      guard testStart > 0 && testStart < sorted.count else {
        throw SplitError.momentOutside(moment: moment, earliest: earliest, latest: latest)
      }
    } else {
      testStart = cut(sorted, below: sorted.count, share: request.test)
    }
    let validStart = cut(sorted, below: testStart, share: request.valid)
    let testMoment = testStart < sorted.count ? sorted[testStart] : nil
    let validMoment = validStart < testStart ? sorted[validStart] : nil
    return dataset.times.map { time in
      if let testMoment, time >= testMoment { return .test }
      if let validMoment, time >= validMoment { return .valid }
      return .train
    }
  }
}

/// Where the newest `share` (of all times) of the first `end` times begins; equal times are not parted.
private func cut(_ sorted: [Int64], below end: Int, share: Double) -> Int {
  let start = end - min(end, roundedHalfUp(share * Double(sorted.count)))
  return start < end ? firstIndex(in: sorted, notBefore: sorted[start]) : end
}

private func firstIndex(in sorted: [Int64], notBefore moment: Int64) -> Int {
  var low = 0
  var high = sorted.count
  while low < high {
    let middle = (low + high) / 2
    if sorted[middle] < moment { low = middle + 1 } else { high = middle }
  }
  return low
}
