extension TextColumn {
  /// The texts of several columns, one behind the other.
  init(joining parts: [TextColumn]) {
    if parts.count == 1 {
      self = parts[0]
      return
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
    var offsets = [0]
    offsets.reserveCapacity(parts.reduce(1) { $0 + $1.count })
    for part in parts {
      let base = bytes.count
      bytes += part.bytes
      for end in part.offsets.dropFirst() { offsets.append(base + end) }
    }
    self.init(bytes: bytes, offsets: offsets)
  }

  /// The places of the texts in order of their bytes; equal texts keep their order.
  func sortedPlaces() -> [Int32] {
    // Ids often begin alike: what all have in common decides nothing, the eight bytes behind it nearly everything.
    var common = count == 0 ? 0 : utf8(0).count
    for place in 0..<count where common > 0 {
      let text = utf8(place)
      var same = 0
      let first = utf8(0)
      while same < min(common, text.count), text[text.startIndex + same] == first[first.startIndex + same] { same += 1 }
      common = same
    }
    var keys: [(prefix: UInt64, place: Int32)] = []
    keys.reserveCapacity(count)
    for place in 0..<count {
      let start = offsets[place] + common
      let end = min(offsets[place + 1], start + 8)
      var prefix: UInt64 = 0
      for byte in start..<end { prefix = prefix << 8 | UInt64(bytes[byte]) }
      let missing = 8 - (end - start)
      keys.append((missing == 8 ? 0 : prefix << UInt64(8 * missing), Int32(place)))
    }
    let skipped = common + 8
    keys.sort { left, right in
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      return isBefore(Int(left.place), Int(right.place), from: common, prefix: skipped)
    }
    return keys.map(\.place)
  }

  /// Whether one text stands before another of the same prefix, equal texts by their places.
  private func isBefore(_ left: Int, _ right: Int, from common: Int, prefix skipped: Int) -> Bool {
    let leftCount = offsets[left + 1] - offsets[left]
    let rightCount = offsets[right + 1] - offsets[right]
    var byte = min(skipped, leftCount, rightCount)
    while byte < leftCount, byte < rightCount {
      let (a, b) = (bytes[offsets[left] + byte], bytes[offsets[right] + byte])
      if a != b { return a < b }
      byte += 1
    }
    return leftCount != rightCount ? leftCount < rightCount : left < right
  }
}
