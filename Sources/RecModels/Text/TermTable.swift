/// Distinct terms, numbered in the order in which they first came.
///
/// Terms are compared by their bytes (Swift's strings would take `é` and `e` with an accent for the same), in an open
/// table: one probe and one comparison for nearly every look-up, no object for a term.
package struct TermTable: Sendable {
  /// The terms, one behind the other.
  private var bytes: [UInt8] = []
  /// Term `i` is `bytes[offsets[i]..<offsets[i + 1]]`; (count + 1,).
  private var offsets = [0]
  private var hashes: [UInt32] = []
  /// Numbers of terms by hash, -1 where free; a power of two of them, at most half taken.
  private var slots = [Int32](repeating: -1, count: 16)

  package init() {}

  package var count: Int { hashes.count }

  /// The bytes of a term.
  package subscript(number: Int) -> ArraySlice<UInt8> { bytes[offsets[number]..<offsets[number + 1]] }

  /// The number of a term, new or known.
  package mutating func insert(_ term: Span<UInt8>) -> Int32 {
    let hash = Self.hash(term)
    let slot = slot(of: term, hash: hash)
    if slots[slot] >= 0 { return slots[slot] }
    let number = Int32(count)
    for place in term.indices { bytes.append(term[place]) }
    offsets.append(bytes.count)
    hashes.append(hash)
    slots[slot] = number
    if count * 2 > slots.count { grow() }
    return number
  }

  /// The number of a term, or nil where it is not here.
  package func index(of term: Span<UInt8>) -> Int32? {
    let number = slots[slot(of: term, hash: Self.hash(term))]
    return number >= 0 ? number : nil
  }

  /// The slot that holds a term, or the free one where it belongs.
  private func slot(of term: Span<UInt8>, hash: UInt32) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0, !isTerm(Int(slots[slot]), term, hash) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private func isTerm(_ number: Int, _ term: Span<UInt8>, _ hash: UInt32) -> Bool {
    let start = offsets[number]
    guard hashes[number] == hash, offsets[number + 1] - start == term.count else { return false }
    for place in term.indices where bytes[start + place] != term[place] { return false }
    return true
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
  private static func hash(_ term: Span<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for place in term.indices { hash = (hash ^ UInt64(term[place])) &* 0x100_0000_01b3 }
    return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
