/// The candidates that a mistyped word most probably means, the best first.
///
/// Compared without regard to case by the optimal string alignment distance (Damerau 1964): insertions, deletions,
/// replacements and swaps of neighbours cost one. A third of the longer word may differ. A word that is the beginning
/// of a candidate, from two letters on, counts as near. Equal distances stand in the order of the text.
package func nearest(_ word: some StringProtocol, in candidates: some Sequence<String>, limit: Int = 3) -> [String] {
  let wanted = Array(word.prefix(longestComparedWord + 1).lowercased().unicodeScalars)
  guard !wanted.isEmpty, wanted.count <= longestComparedWord else { return [] }
  var found: [(distance: Int, candidate: String)] = []
  for candidate in candidates {
    let scalars = Array(candidate.prefix(longestComparedWord + 1).lowercased().unicodeScalars)
    guard !scalars.isEmpty, scalars.count <= longestComparedWord else { continue }
    let threshold = max(1, max(wanted.count, scalars.count) / 3)
    let isBeginning = wanted.count >= 2 && scalars.starts(with: wanted)
    let isLonger = scalars.count >= 3 && wanted.starts(with: scalars)
    var distance = threshold + 1
    if abs(wanted.count - scalars.count) <= threshold {
      distance = alignmentDistance(wanted, scalars, limit: threshold)
    }
    // One letter in a word of one letter is all of it: `k` is near to `kk`, not to `q`.
    let sharesLetters = min(wanted.count, scalars.count) > 1 || wanted[0] == scalars[0]
    if distance > threshold || !sharesLetters {
      guard isBeginning || isLonger else { continue }
      distance = isBeginning ? 1 : 2
    } else if isBeginning {
      distance = min(distance, 1)
    }
    found.append((distance, candidate))
  }
  return found.sorted { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }.prefix(limit).map(\.candidate)
}

/// "did you mean 'svd'?" or "did you mean 'svd' or 'svdpp'?"; nil without candidates.
package func didYouMean(_ candidates: [String]) -> String? {
  guard let last = candidates.last else { return nil }
  let quoted = candidates.map { Diagnostic.quoted($0) }
  if quoted.count == 1 { return "did you mean \(Diagnostic.quoted(last))?" }
  return "did you mean " + quoted.dropLast().joined(separator: ", ") + " or \(Diagnostic.quoted(last))?"
}

/// Words longer than this are not compared.
private let longestComparedWord = 64

/// The optimal string alignment distance, or `limit + 1` where it is larger than `limit`.
private func alignmentDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], limit: Int) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in 1...a.count {
    var current = [i] + Array(repeating: 0, count: b.count)
    for j in 1...b.count {
      let cost = a[i - 1] == b[j - 1] ? 0 : 1
      current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        current[j] = min(current[j], beforePrevious[j - 2] + 1)
      }
    }
    if let least = current.min(), least > limit { return limit + 1 }
    beforePrevious = previous
    previous = current
  }
  return previous[b.count]
}
