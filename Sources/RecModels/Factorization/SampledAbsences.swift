package import RecAlgebra

/// Items that a user did not touch, drawn by chance as zeros beside the events, so that there is something to tell apart.
///
/// As many as the user has events, fewer where there are not so many; a function of the seed and the user. R. Pan, Y. Zhou,
/// B. Cao, N. N. Liu, R. Lukose, M. Scholz & Q. Yang, "One-class collaborative filtering", ICDM 2008,
/// doi:10.1109/ICDM.2008.16 (their user-oriented sampling).
package struct SampledAbsences: Sendable, Equatable, Codable {
  private let seed: UInt64

  package init(seed: UInt64) { self.seed = seed }

  /// Items that are not among those of a user, ascending.
  ///
  /// - Parameters:
  ///   - user: the row of the training data; nil for somebody new.
  ///   - items: what the user touched, ascending.
  ///   - isKnown: whether anybody touched an item; the others are never drawn.
  package func items(of user: Int?, besides items: some Collection<Int32>, of count: Int, isKnown: (Int) -> Bool)
    -> [Int32]
  {
    var drawn = Set(items)
    var absent: [Int32] = []
    let key = user.map { UInt64($0) + 1 } ?? 0
    // A draw that hits what was touched or is not known is lost; sixteen for each event leave few without.
    for draw in 0..<16 * items.count {
      if absent.count == items.count { break }
      let bits = CounterRandom.random(seed: seed, purpose: Self.purpose, key, UInt64(draw))
      let item = Int32(truncatingIfNeeded: bits.multipliedFullWidth(by: UInt64(count)).high)
      if isKnown(Int(item)), drawn.insert(item).inserted { absent.append(item) }
    }
    return absent.sorted()
  }

  /// The events of all users as ones, with their absences as zeros.
  package func added(to events: SparseRows) -> SparseRows {
    var isKnown = [Bool](repeating: false, count: events.columnCount)
    for column in events.columns { isKnown[Int(column)] = true }
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for user in 0..<events.rowCount {
      let touched = events.columns[events.row(user)]
      let absent = items(of: user, besides: touched, of: events.columnCount) { isKnown[$0] }
      let merged = (touched.map { ($0, 1 as Float) } + absent.map { ($0, 0 as Float) }).sorted { $0.0 < $1.0 }
      columns += merged.map(\.0)
      values += merged.map(\.1)
      offsets.append(columns.count)
    }
    return SparseRows(
      rowCount: events.rowCount, columnCount: events.columnCount, offsets: offsets, columns: columns, values: values)
  }

  private static let purpose = CounterRandom.Purpose("sampled absences")
}
