extension Vocabulary {
  /// Both vocabularies as one, and for each index of the two its index there; nil where that is the same.
  package func merged(with other: Self) -> (vocabulary: Self, fromSelf: [Int32]?, fromOther: [Int32]?) {
    if other.count == 0 || self == other { return (self, nil, nil) }
    if count == 0 { return (other, nil, nil) }
    let merged: Self
    switch (storage, other.storage) {
    case (.numbers(let left), .numbers(let right)):
      merged = Self(sorted: .numbers(Self.union(left, right)))
    case (.texts(let left), .texts(let right)):
      merged = Self(sorted: .texts(Self.union(left, right)))
    case (.numbers, .texts), (.texts, .numbers):
      merged = Self(sorted: .texts(Self.union(asTexts(), other.asTexts())))
    }
    return (merged, merged.places(of: self), merged.places(of: other))
  }

  /// The ids as texts, ascending by bytes.
  private func asTexts() -> TextColumn {
    switch storage {
    case .texts(let texts): return texts
    case .numbers(let numbers):
      return TextColumn(numbers.map(String.init).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }
  }

  /// For each index of a vocabulary whose ids are all here its index here; nil where the two are the same.
  private func places(of part: Self) -> [Int32]? {
    if part.count == count, part == self { return nil }
    switch (storage, part.storage) {
    case (.numbers(let all), .numbers(let some)):
      var place = 0
      return some.map { number in
        while all[place] < number { place += 1 }
        return Int32(place)
      }
    case (.texts(let all), .texts(let some)):
      var place = 0
      return (0..<some.count).map { index in
        while !all.utf8(place).elementsEqual(some.utf8(index)) { place += 1 }
        return Int32(place)
      }
    case (.numbers, .texts), (.texts, .numbers):
      return part.indices.map { Int32(index(of: part[Index($0)])?.raw ?? 0) }
    }
  }

  private static func union(_ left: [Int64], _ right: [Int64]) -> [Int64] {
    var union: [Int64] = []
    union.reserveCapacity(max(left.count, right.count))
    var (a, b) = (0, 0)
    while a < left.count || b < right.count {
      let takesLeft = b >= right.count || (a < left.count && left[a] <= right[b])
      let next = takesLeft ? left[a] : right[b]
      if a < left.count, left[a] == next { a += 1 }
      if b < right.count, right[b] == next { b += 1 }
      union.append(next)
    }
    return union
  }

  static func union(_ left: TextColumn, _ right: TextColumn) -> TextColumn {
    var union = TextColumn()
    var (a, b) = (0, 0)
    while a < left.count || b < right.count {
      if b >= right.count || (a < left.count && left.utf8(a).lexicographicallyPrecedes(right.utf8(b))) {
        union.append(utf8: left.utf8(a))
        a += 1
      } else {
        if a < left.count, left.utf8(a).elementsEqual(right.utf8(b)) { a += 1 }
        union.append(utf8: right.utf8(b))
        b += 1
      }
    }
    return union
  }

  /// The vocabulary of a column of ids, and for each index the last row that has the id.
  package static func sorting(_ column: TextColumn) -> (ids: Self, rows: [Int]) {
    let numbers = (0..<column.count).map { canonicalNumber(column.utf8($0)) }
    if numbers.allSatisfy({ $0 != nil }) {
      let plain = numbers.compactMap { $0 }
      let places = plain.indices.sorted { (plain[$0], $0) < (plain[$1], $1) }
      let kept = places.indices.filter { $0 + 1 == places.count || plain[places[$0]] != plain[places[$0 + 1]] }
      return (Self(sorted: .numbers(kept.map { plain[places[$0]] })), kept.map { places[$0] })
    }
    let places = column.sortedPlaces().map { Int($0) }
    let kept = places.indices.filter {
      $0 + 1 == places.count || !column.utf8(places[$0]).elementsEqual(column.utf8(places[$0 + 1]))
    }
    var texts = TextColumn()
    for place in kept { texts.append(utf8: column.utf8(places[place])) }
    return (Self(sorted: .texts(texts)), kept.map { places[$0] })
  }

  /// The number that some bytes are, if they are one written as we would write it.
  package static func canonicalNumber(_ bytes: some Collection<UInt8>) -> Int64? {
    guard (1...20).contains(bytes.count) else { return nil }
    var digits = bytes[...]
    let isNegative = digits.first == 0x2D
    if isNegative { digits = digits.dropFirst() }
    guard let first = digits.first, first != 0x30 || (digits.count == 1 && !isNegative) else { return nil }
    var number: Int64 = 0
    for byte in digits {
      guard (0x30...0x39).contains(byte) else { return nil }
      let (product, overflows) = number.multipliedReportingOverflow(by: 10)
      let digit = Int64(byte - 0x30)
      let (sum, overflowsToo) =
        isNegative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      if overflows || overflowsToo { return nil }
      number = sum
    }
    return number
  }
}
