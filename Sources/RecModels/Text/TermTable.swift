package import RecData

/// Distinct terms, numbered in the order in which they first came.
///
/// Terms are compared by their bytes (Swift's strings would take `é` and `e` with an accent for the same), in an open
/// table: one probe and one comparison for nearly every look-up, no object for a term.
package struct TermTable: Sendable {
  /// The terms by number.
  package private(set) var terms = TextColumn()
  private var hashes: [UInt32] = []
  /// Numbers of terms by hash, -1 where free; a power of two of them, at most half taken.
  private var slots = [Int32](repeating: -1, count: 16)

  package init() {}

  package var count: Int { terms.count }

  /// The number of a term, new or known.
  package mutating func insert(_ term: ArraySlice<UInt8>) -> Int32 {
    let hash = Self.hash(term)
    let slot = slot(of: term, hash: hash)
    if slots[slot] >= 0 { return slots[slot] }
    let number = Int32(count)
    terms.append(utf8: term)
    hashes.append(hash)
    slots[slot] = number
    if count * 2 > slots.count { grow() }
    return number
  }

  /// The number of a term, or nil where it is not here.
  package func index(of term: some Collection<UInt8>) -> Int32? {
    let number = slots[slot(of: term, hash: Self.hash(term))]
    return number >= 0 ? number : nil
  }

  /// The slot that holds a term, or the free one where it belongs.
  private func slot(of term: some Collection<UInt8>, hash: UInt32) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, terms.utf8(number).elementsEqual(term) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// FNV-1a (Fowler, Noll & Vo), its halves folded together.
  private static func hash(_ term: some Collection<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
