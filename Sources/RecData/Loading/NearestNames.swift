/// Names that are close to a mistyped one.
package enum NearestNames {
  /// At most `count` names by their edit distance without regard to case, the closest first, ties in the given order.
  ///
  /// A name qualifies within a third of its length (at least one edit), or when it starts with the wanted text.
  package static func nearest(to wanted: String, among names: some Sequence<String>, count: Int = 3) -> [String] {
    let wantedBytes = Array(wanted.lowercased().utf8)
    guard !wantedBytes.isEmpty else { return [] }
    let limit = max(1, wantedBytes.count / 3)
    var found: [(distance: Int, place: Int, name: String)] = []
    for (place, name) in names.enumerated() {
      let bytes = Array(name.lowercased().utf8)
      if bytes.starts(with: wantedBytes) {
        found.append((1, place, name))
      } else if abs(bytes.count - wantedBytes.count) <= limit,
        let distance = EditDistance.between(wantedBytes, bytes, atMost: limit)
      {
        found.append((distance, place, name))
      }
    }
    return found.sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }.prefix(count).map(\.name)
  }
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two texts.
///
/// Optimal string alignment within a band (F. J. Damerau 1964, doi:10.1145/363958.363994).
package enum EditDistance {
  /// The distance, or nil where it is more than `limit`; O(length · limit).
  package static func between(_ a: [UInt8], _ b: [UInt8], atMost limit: Int) -> Int? {
    if abs(a.count - b.count) > limit { return nil }
    let far = limit + 1
    var before = [Int](repeating: far, count: b.count + 1)
    var last = (0...b.count).map { min($0, far) }
    var current = last
    for row in 0..<a.count {
      current[0] = min(row + 1, far)
      let low = max(0, row - limit)
      let high = min(b.count, row + limit + 1)
      if low > 0 { current[low] = far }
      var best = current[0]
      for column in low..<high {
        var value = min(last[column] + (a[row] == b[column] ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, a[row] == b[column - 1], a[row - 1] == b[column] {
          value = min(value, before[column - 1] + 1)
        }
        current[column + 1] = min(value, far)
        best = min(best, value)
      }
      if high < b.count { current[high + 1] = far }
      if best > limit { return nil }
      (before, last, current) = (last, current, before)
    }
    return last[b.count] <= limit ? last[b.count] : nil
  }
}
