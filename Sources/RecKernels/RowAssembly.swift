import CKernels

/// Entries of a sparse matrix by row, columns ascending within a row.
package struct AssembledRows: Sendable, Equatable {
  /// (rowCount + 1,)
  package var offsets: [Int]
  package var columns: [Int32]
  package var values: [Float]
  /// Empty where the entries have no times.
  package var times: [Int64]
  /// How many entries gave way to another one, or were added to it, at the same row and column.
  package var duplicateCount: Int

  package init(offsets: [Int], columns: [Int32], values: [Float], times: [Int64], duplicateCount: Int = 0) {
    self.offsets = offsets
    self.columns = columns
    self.values = values
    self.times = times
    self.duplicateCount = duplicateCount
  }
}

/// What becomes of several entries at the same row and column.
package enum DuplicateRule: Sendable {
  /// The latest by time stays; without times, or at equal times, the last by position.
  case latest
  /// Values add up; the time is the latest.
  case sum
  /// The largest value stays; the time is the latest.
  case largest
}

/// Sorting of coordinates into rows; linear in the entries, the same result for any number of threads.
package enum RowAssembly {
  /// - Parameters:
  ///   - rows: below `rowCount`, at most 2³² of them, in the order that decides between duplicates.
  ///   - values: a value for each entry, or empty where all are 1.
  ///   - times: a time for each entry, or empty.
  package static func assemble(
    rows: consuming [Int32], columns: consuming [Int32], values: consuming [Float], times: consuming [Int64],
    rowCount: Int, duplicates rule: DuplicateRule, workers: Workers
  ) -> AssembledRows {
    let count = rows.count
    precondition(columns.count == count, "each entry has a column")
    precondition(values.isEmpty || values.count == count, "each entry has a value")
    precondition(times.isEmpty || times.count == count, "each entry has a time")
    precondition(count <= UInt32.max, "places fit 32 bits")
    if values.isEmpty { values = [Float](repeating: 1, count: count) }
    let order = self.order(rows, columns, rowCount: rowCount, workers)
    if order == .strict {
      let offsets = self.offsets(ofAscending: rows, rowCount: rowCount, workers)
      return AssembledRows(offsets: offsets, columns: columns, values: values, times: times, duplicateCount: 0)
    }
    var keys = [UInt64]()
    let offsets: [Int]
    if order == .byRow {
      offsets = self.offsets(ofAscending: rows, rowCount: rowCount, workers)
      keys = uninitializedArray(UInt64.self, count: count)
      let columnList = copy columns
      workers.fill(&keys, chunk: 1 << 16) { range, span in
        for place in range { span[place - range.lowerBound] = UInt64(columnList[place]) << 32 | UInt64(place) }
      }
    } else {
      (offsets, keys) = scattered(rows, columns, rowCount: rowCount, workers)
    }
    rows = []
    columns = []
    let groups = rowGroups(offsets)
    sort(&keys, offsets, groups, workers)
    var assembled = gather(keys, values, times, offsets, groups, workers)
    assembled.mergeDuplicates(rule, workers)
    return assembled
  }

  private enum Order { case strict, byRow, none }

  /// Whether rows ascend, and whether columns ascend strictly within each.
  private static func order(_ rows: [Int32], _ columns: [Int32], rowCount: Int, _ workers: Workers) -> Order {
    let count = rows.count
    let chunk = 1 << 16
    let orders = workers.map((count + chunk - 1) / chunk) { index in
      var isStrict = true
      var ascends = true
      for place in max(1, index * chunk)..<max(1, min(count, (index + 1) * chunk)) {
        let step = rows[place] &- rows[place - 1]
        ascends = ascends && step >= 0
        isStrict = isStrict && (step > 0 || columns[place] > columns[place - 1])
      }
      return !ascends ? Order.none : isStrict ? .strict : .byRow
    }
    return orders.contains(.none) ? .none : orders.contains(.byRow) ? .byRow : .strict
  }

  private static func offsets(ofAscending rows: [Int32], rowCount: Int, _ workers: Workers) -> [Int] {
    // The entries of row r start where the first row number of r or above stands.
    var offsets = [Int](repeating: 0, count: rowCount + 1)
    workers.fill(&offsets, chunk: 1 << 12) { range, span in
      var low = 0
      var high = rows.count
      while low < high {
        let middle = (low + high) / 2
        if Int(rows[middle]) < range.lowerBound { low = middle + 1 } else { high = middle }
      }
      for row in range {
        while low < rows.count, Int(rows[low]) < row { low += 1 }
        span[row - range.lowerBound] = low
      }
    }
    return offsets
  }

  /// Keys (column above place) grouped by row, in the order of their places within a row: a counting sort in blocks.
  private static func scattered(
    _ rows: [Int32], _ columns: [Int32], rowCount: Int, _ workers: Workers
  ) -> (offsets: [Int], keys: [UInt64]) {
    let count = rows.count
    // Each block needs a counter for each row; with few entries a row, blocks would cost more than they save.
    let blocks = max(1, min(8, count / max(1, 4 * rowCount)))
    let bounds = (0...blocks).map { $0 * count / blocks }
    let counts = workers.map(blocks) { block in
      var counts = [UInt32](repeating: 0, count: rowCount)
      for place in bounds[block]..<bounds[block + 1] { counts[Int(rows[place])] += 1 }
      return counts
    }
    var offsets = [Int](repeating: 0, count: rowCount + 1)
    var cursors = counts
    for row in 0..<rowCount {
      var next = offsets[row]
      for block in 0..<blocks {
        cursors[block][row] = UInt32(next)
        next += Int(counts[block][row])
      }
      offsets[row + 1] = next
    }
    let starts = cursors
    var keys = uninitializedArray(UInt64.self, count: count)
    // SAFETY: each block has its own places of each row, counted above, so that each key is written once.
    unsafe keys.withUnsafeMutableBufferPointer { buffer in
      let out = unsafe EntryColumns(keys: buffer.baseAddress)
      workers.forEach(blocks) { block in
        var next = starts[block]
        unsafe rows.withUnsafeBufferPointer { rows in
          unsafe columns.withUnsafeBufferPointer { columns in
            unsafe next.withUnsafeMutableBufferPointer { next in
              unsafe rec_scatter_keys(
                rows.baseAddress, columns.baseAddress, bounds[block], bounds[block + 1], next.baseAddress, out.keys)
            }
          }
        }
      }
    }
    return (offsets, keys)
  }

  /// Groups of whole rows with about as many entries each.
  private static func rowGroups(_ offsets: [Int]) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var first = 0
    for row in 0..<offsets.count - 1 where offsets[row + 1] - offsets[first] >= 1 << 16 || row == offsets.count - 2 {
      groups.append(first..<row + 1)
      first = row + 1
    }
    return groups
  }

  private static func sort(_ keys: inout [UInt64], _ offsets: [Int], _ groups: [Range<Int>], _ workers: Workers) {
    // SAFETY: groups are disjoint ranges of keys, each sorted by one call with scratch for its longest row.
    unsafe keys.withUnsafeMutableBufferPointer { buffer in
      let column = unsafe EntryColumns(keys: buffer.baseAddress)
      workers.forEach(groups.count) { index in
        let longest = groups[index].reduce(0) { max($0, offsets[$1 + 1] - offsets[$1]) }
        var scratch = uninitializedArray(UInt64.self, count: longest)
        unsafe scratch.withUnsafeMutableBufferPointer { scratch in
          for row in groups[index] where offsets[row + 1] - offsets[row] > 1 {
            unsafe rec_sort_by_upper_half(
              column.keys.unsafelyUnwrapped + offsets[row], scratch.baseAddress, offsets[row + 1] - offsets[row])
          }
        }
      }
    }
  }

  /// Fetches values and times in the order of the keys.
  private static func gather(
    _ keys: [UInt64], _ values: [Float], _ times: [Int64], _ offsets: [Int], _ groups: [Range<Int>], _ workers: Workers
  ) -> AssembledRows {
    let count = keys.count
    var columns = uninitializedArray(Int32.self, count: count)
    var sortedValues = uninitializedArray(Float.self, count: count)
    var sortedTimes = uninitializedArray(Int64.self, count: times.count)
    // SAFETY: groups are disjoint ranges of entries, each written by one call; keys hold places within values and times.
    unsafe columns.withUnsafeMutableBufferPointer { columns in
      unsafe sortedValues.withUnsafeMutableBufferPointer { sortedValues in
        unsafe sortedTimes.withUnsafeMutableBufferPointer { sortedTimes in
          let out = unsafe EntryColumns(
            columns: columns.baseAddress, values: sortedValues.baseAddress,
            times: times.isEmpty ? nil : sortedTimes.baseAddress)
          workers.forEach(groups.count) { index in
            let start = offsets[groups[index].lowerBound]
            let length = offsets[groups[index].upperBound] - start
            if length == 0 { return }
            unsafe keys.withUnsafeBufferPointer { keys in
              unsafe values.withUnsafeBufferPointer { values in
                unsafe times.withUnsafeBufferPointer { times in
                  unsafe rec_gather_entries(
                    keys.baseAddress.unsafelyUnwrapped + start, length, values.baseAddress,
                    out.times == nil ? nil : times.baseAddress, out.columns.unsafelyUnwrapped + start,
                    out.values.unsafelyUnwrapped + start, out.times.map { unsafe $0 + start })
                }
              }
            }
          }
        }
      }
    }
    return AssembledRows(offsets: offsets, columns: columns, values: sortedValues, times: sortedTimes)
  }
}

@unsafe private struct EntryColumns: @unchecked Sendable {
  var keys: UnsafeMutablePointer<UInt64>?
  var columns: UnsafeMutablePointer<Int32>?
  var values: UnsafeMutablePointer<Float>?
  var times: UnsafeMutablePointer<Int64>?
}

extension AssembledRows {
  /// Merges entries at the same row and column, which stand side by side in the order that decides between them.
  fileprivate mutating func mergeDuplicates(_ rule: DuplicateRule, _ workers: Workers) {
    let rowCount = offsets.count - 1
    let chunk = 1 << 12
    let (offsets, columns) = (self.offsets, self.columns)
    let hasDuplicates = workers.map((rowCount + chunk - 1) / chunk) { index in
      for row in index * chunk..<min(rowCount, (index + 1) * chunk) {
        for entry in offsets[row]..<max(offsets[row], offsets[row + 1] - 1) where columns[entry] == columns[entry + 1] {
          return true
        }
      }
      return false
    }
    guard hasDuplicates.contains(true) else { return }
    var kept = 0
    for row in 0..<rowCount {
      let start = kept
      for entry in offsets[row]..<offsets[row + 1] {
        let last = kept - 1
        guard last >= start, self.columns[last] == columns[entry] else {
          self.columns[kept] = columns[entry]
          values[kept] = values[entry]
          if !times.isEmpty { times[kept] = times[entry] }
          kept += 1
          continue
        }
        let isLater = times.isEmpty || times[entry] >= times[last]
        switch rule {
        case .latest: if isLater { values[last] = values[entry] }
        case .sum: values[last] += values[entry]
        case .largest: values[last] = max(values[last], values[entry])
        }
        if isLater, !times.isEmpty { times[last] = times[entry] }
      }
      self.offsets[row + 1] = kept
    }
    duplicateCount = columns.count - kept
    self.columns.removeLast(duplicateCount)
    values.removeLast(duplicateCount)
    if !times.isEmpty { times.removeLast(duplicateCount) }
  }
}
