/// Ids that differ from another one only in case or white space: they are kept apart, and probably mean the same.
package struct Lookalikes: Sendable, Equatable {
  /// "user" or "item".
  package let noun: String
  /// How many ids have such another one before them.
  package let count: Int
  /// Two that are alike.
  package let example: (String, String)

  package static func == (left: Self, right: Self) -> Bool {
    left.noun == right.noun && left.count == right.count && left.example == right.example
  }

  /// Nil where there are none; linear in the ids, which are compared by a hash and then in full.
  init?<Kind: EntityKind>(in vocabulary: Vocabulary<Kind>) {
    guard case .texts(let texts) = vocabulary.storage else { return nil }
    var folded: [(hash: UInt64, place: Int32)] = []
    folded.reserveCapacity(texts.count)
    for place in 0..<texts.count { folded.append((Self.hash(texts.utf8(place)), Int32(place))) }
    folded.sort { ($0.hash, $0.place) < ($1.hash, $1.place) }
    var count = 0
    var first: (Int32, Int32)?
    for (before, next) in zip(folded, folded.dropFirst()) where before.hash == next.hash {
      let pair = (before.place, next.place)
      guard Self.fold(texts[Int(pair.0)]) == Self.fold(texts[Int(pair.1)]) else { continue }
      count += 1
      if first.map({ pair.0 < $0.0 }) ?? true { first = pair }
    }
    guard let first else { return nil }
    noun = Kind.noun
    self.count = count
    example = (texts[Int(first.0)], texts[Int(first.1)])
  }

  private static func fold(_ text: String) -> String { String(text.lowercased().filter { !$0.isWhitespace }) }

  /// FNV-1a of the folded text.
  private static func hash(_ text: ArraySlice<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text {
      if byte >= 0x80 {
        hash = 0xcbf2_9ce4_8422_2325
        for byte in fold(String(decoding: text, as: UTF8.self)).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
      }
      if byte == 0x20 || (0x09...0x0D).contains(byte) { continue }
      let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      hash = (hash ^ UInt64(lower)) &* 0x100_0000_01b3
    }
    return hash
  }
}
