/// The ids of all users or all items in order: numbers by value, text by bytes. The index of an id is its rank.
///
/// Whole-number ids are stored as 64-bit integers, eight bytes each; other ids as their UTF-8 bytes. Looking an id up
/// is a binary search, O(log count). Two vocabularies that share storage compare equal in constant time.
package struct Vocabulary<Kind: EntityKind>: Sendable, Equatable {
  package enum Storage: Sendable, Equatable {
    /// Ascending.
    case numbers([Int64])
    /// Ascending by bytes.
    case texts(TextColumn)
  }

  package let storage: Storage

  /// `storage` ascends strictly.
  package init(sorted storage: Storage) { self.storage = storage }

  /// Sorts and removes duplicates; ids are numbers only if every one is a canonical 64-bit integer.
  package init(_ ids: some Collection<String>) {
    let numbers = ids.map(Self.canonicalNumber)
    if numbers.allSatisfy({ $0 != nil }) {
      self.init(sorted: .numbers(Set(numbers.compactMap { $0 }).sorted()))
    } else {
      let texts = Set(ids).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      self.init(sorted: .texts(TextColumn(texts)))
    }
  }

  package var count: Int {
    switch storage {
    case .numbers(let numbers): numbers.count
    case .texts(let texts): texts.count
    }
  }

  package var indices: Range<Int> { 0..<count }

  /// The id at an index.
  package subscript(index: Index<Kind>) -> ID<Kind> {
    switch storage {
    case .numbers(let numbers): ID(String(numbers[index.raw]))
    case .texts(let texts): ID(texts[index.raw])
    }
  }

  /// The index of an id, or nil where there is no such id.
  package func index(of id: ID<Kind>) -> Index<Kind>? {
    switch storage {
    case .numbers(let numbers):
      guard let number = Self.canonicalNumber(id.text) else { return nil }
      let place = partitioningIndex(count) { numbers[$0] >= number }
      return place < count && numbers[place] == number ? Index(place) : nil
    case .texts(let texts):
      let wanted = Array(id.text.utf8)
      let place = partitioningIndex(count) { !texts.utf8($0).lexicographicallyPrecedes(wanted) }
      return place < count && texts.utf8(place).elementsEqual(wanted) ? Index(place) : nil
    }
  }

  /// For each id of `other` its index here, or -1; nil when the two are the same vocabulary.
  package func translation(from other: Self) -> [Int32]? {
    if self == other { return nil }
    return other.indices.map { index(of: other[Index($0)]).map { Int32($0.raw) } ?? -1 }
  }

  /// The number that a text is, if it is one written as we would write it: no sign but `-`, no leading zero.
  package static func canonicalNumber(_ text: String) -> Int64? {
    guard let number = Int64(text), String(number) == text else { return nil }
    return number
  }
}

/// The first of `0..<count` for which a condition, false and then true, holds.
func partitioningIndex(_ count: Int, _ holds: (Int) -> Bool) -> Int {
  var low = 0
  var high = count
  while low < high {
    let middle = (low + high) / 2
    if holds(middle) { high = middle } else { low = middle + 1 }
  }
  return low
}
