import RecAlgebra
import RecKernels

/// Events as they are brought together: a user, an item, a weight and a time each.
struct EventRows: Sendable {
  var users: [Int32]
  var items: [Int32]
  /// Empty where all are 1.
  var values: [Float]
  /// Empty where there are none.
  var times: [Int64]

  var count: Int { users.count }

  /// Each event's weight halved for every so many seconds before the newest; the newest is returned.
  mutating func decay(halflife: Double, _ workers: Workers) -> Int64 {
    let newest = CodeColumns.extremes(times, workers).highest
    if values.isEmpty { values = [Float](repeating: 1, count: count) }
    let times = times
    workers.fill(&values, chunk: 1 << 14) { range, span in
      for place in range {
        let age = Double(newest - times[place])
        span[place - range.lowerBound] *= Float(RealFunctions.pow(2, -age / halflife))
      }
    }
    return newest
  }

  /// Leaves one event of each item in a session: the largest weight, the latest time.
  ///
  /// - Parameter session: the session of each event, from 0; each belongs to one user.
  /// - Returns: how many events went.
  mutating func keepOne(in session: [Int32], count sessionCount: Int, itemCount: Int, _ workers: Workers) -> Int {
    var owners = [Int32](repeating: 0, count: sessionCount)
    for (place, code) in session.enumerated() { owners[Int(code)] = users[place] }
    let assembled = RowAssembly.assemble(
      rows: session, columns: items, values: values, times: times, rowCount: sessionCount, duplicates: .largest,
      workers: workers)
    users = []
    users.reserveCapacity(assembled.columns.count)
    for code in 0..<sessionCount {
      for _ in assembled.offsets[code]..<assembled.offsets[code + 1] { users.append(owners[code]) }
    }
    items = assembled.columns
    values = assembled.values
    times = assembled.times
    return assembled.duplicateCount
  }

  /// Sessions by pauses: one ends where its user does nothing for longer than `gap` seconds.
  func sessions(gap: Double) -> (codes: [Int32], count: Int) {
    let order = (0..<count).sorted { (users[$0], times[$0], $0) < (users[$1], times[$1], $1) }
    var codes = [Int32](repeating: 0, count: count)
    var last: Int?
    var code: Int32 = -1
    for place in order {
      let goesOn = last.map { users[$0] == users[place] && Double(times[place] - times[$0]) <= gap } ?? false
      if !goesOn { code += 1 }
      codes[place] = code
      last = place
    }
    return (codes, Int(code) + 1)
  }

  /// Sessions by their ids, each user's apart.
  func sessions(ids: [Int32]) -> (codes: [Int32], count: Int) {
    let order = (0..<count).sorted { (users[$0], ids[$0], $0) < (users[$1], ids[$1], $1) }
    var codes = [Int32](repeating: 0, count: count)
    var last: Int?
    var code: Int32 = -1
    for place in order {
      if !(last.map { users[$0] == users[place] && ids[$0] == ids[place] } ?? false) { code += 1 }
      codes[place] = code
      last = place
    }
    return (codes, Int(code) + 1)
  }
}

/// Something that several events belong to.
enum EventSession: EntityKind { static let noun = "session" }

extension AssembledRows {
  /// Leaves out the entries of zero or less; how many those were.
  mutating func dropReturned() -> Int {
    guard values.contains(where: { $0 <= 0 }) else { return 0 }
    var kept = 0
    for row in 0..<offsets.count - 1 {
      let entries = offsets[row]..<offsets[row + 1]
      offsets[row] = kept
      for entry in entries where values[entry] > 0 {
        columns[kept] = columns[entry]
        values[kept] = values[entry]
        if !times.isEmpty { times[kept] = times[entry] }
        kept += 1
      }
    }
    let dropped = columns.count - kept
    offsets[offsets.count - 1] = kept
    columns.removeLast(dropped)
    values.removeLast(dropped)
    if !times.isEmpty { times.removeLast(dropped) }
    return dropped
  }
}
