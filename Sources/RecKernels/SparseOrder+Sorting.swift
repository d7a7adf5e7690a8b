import CKernels

/// A stable sort puts each entry at the one place that is its own, so that the result cannot depend on how the work is
/// cut: here into as many parts as there are threads.
extension SparseOrder {
  /// Entries grouped by a key: where each key's entries begin, their other index, and their values.
  package typealias Groups = (offsets: [Int], others: [Int32], values: [Float])

  /// Entries grouped by key, those of one key in their old order; linear in the entries. Keys lie below `keyCount`.
  package static func grouped(
    by keys: [Int32], others: [Int32], values: [Float], keyCount: Int, workers: Workers
  ) -> Groups {
    precondition(keys.count == others.count && keys.count == values.count, "each entry has a key, another and a value")
    let size = partSize(keys.count, keyCount: keyCount, workers: workers)
    let parts = stride(from: 0, to: keys.count, by: size).map { $0..<min(keys.count, $0 + size) }
    return unsafe sorted(parts, keys: keys, keyCount: keyCount, workers: workers) { index, target in
      let part = parts[index]
      unsafe keys.withUnsafeBufferPointer { keys in
        unsafe others.withUnsafeBufferPointer { others in
          unsafe values.withUnsafeBufferPointer { values in
            guard let key = keys.baseAddress, let other = others.baseAddress, let value = values.baseAddress else {
              return
            }
            // SAFETY: the arrays have one length, the part lies within it, and each entry has a place in the target.
            unsafe rec_scatter_entries(
              key + part.lowerBound, other + part.lowerBound, value + part.lowerBound, part.count, target.next,
              target.others, target.values)
          }
        }
      }
    }
  }

  /// The entries of compressed rows grouped by column: the compressed rows of the transpose; linear in the entries.
  ///
  /// The rows must be valid, as `SparseRows` has checked them.
  package static func transposed(
    offsets: [Int], columns: [Int32], values: [Float], columnCount: Int, workers: Workers
  ) -> Groups {
    precondition(columns.count == values.count && offsets.last == columns.count, "each entry has a column and a value")
    let size = partSize(columns.count, keyCount: columnCount, workers: workers)
    // Whole rows, cut where about `size` entries are together.
    var rows: [Range<Int>] = []
    var first = 0
    for row in 0..<offsets.count - 1 where offsets[row + 1] - offsets[first] >= size || row + 2 == offsets.count {
      rows.append(first..<row + 1)
      first = row + 1
    }
    let parts = rows
    let entries = parts.map { offsets[$0.lowerBound]..<offsets[$0.upperBound] }
    return unsafe sorted(entries, keys: columns, keyCount: columnCount, workers: workers) { index, target in
      let part = parts[index]
      unsafe offsets.withUnsafeBufferPointer { offsets in
        unsafe columns.withUnsafeBufferPointer { columns in
          unsafe values.withUnsafeBufferPointer { values in
            // SAFETY: the part's rows are rows of the offsets, and each of their entries has a place in the target.
            unsafe rec_scatter_rows(
              offsets.baseAddress, part.lowerBound, part.upperBound, columns.baseAddress, values.baseAddress,
              target.next,
              target.others, target.values)
          }
        }
      }
    }
  }

  /// Where one part's entries go: the next place of each key, and the output.
  @unsafe private struct Target: @unchecked Sendable {
    let next: UnsafeMutablePointer<Int>?
    let others: UnsafeMutablePointer<Int32>?
    let values: UnsafeMutablePointer<Float>?
  }

  /// Counts the keys of each part, gives each part its places, and lets `scatter` move the entries of part after part.
  private static func sorted(
    _ parts: [Range<Int>], keys: [Int32], keyCount: Int, workers: Workers,
    _ scatter: @Sendable (Int, Target) -> Void
  ) -> Groups {
    var (offsets, next) = places(parts, keys: keys, keyCount: keyCount, workers: workers)
    offsets[keyCount] = keys.count
    var others: [Int32] = []
    let values = unsafe [Float](unsafeUninitializedCapacity: keys.count) { values, valueCount in
      others = unsafe [Int32](unsafeUninitializedCapacity: keys.count) { others, otherCount in
        unsafe next.withUnsafeMutableBufferPointer { next in
          // SAFETY: the places of all parts together are each place below `keys.count` once, so that every element is
          // initialised, by one thread.
          let all = unsafe Target(next: next.baseAddress, others: others.baseAddress, values: values.baseAddress)
          workers.forEach(parts.count) { part in
            unsafe scatter(
              part, Target(next: all.next.map { unsafe $0 + part * keyCount }, others: all.others, values: all.values))
          }
        }
        otherCount = keys.count
      }
      valueCount = keys.count
    }
    return (offsets, others, values)
  }

  /// The offset of each key, and for each part and key the place of its first entry; `(parts × keyCount,)`.
  private static func places(
    _ parts: [Range<Int>], keys: [Int32], keyCount: Int, workers: Workers
  ) -> (offsets: [Int], next: [Int]) {
    var next = [Int](repeating: 0, count: parts.count * keyCount)
    if keyCount == 0 { precondition(keys.isEmpty, "every key lies below the count of keys") }
    if !next.isEmpty {
      workers.fill(&next, chunk: keyCount) { range, counts in
        let part = parts[range.lowerBound / keyCount]
        unsafe keys.withUnsafeBufferPointer { keys in
          unsafe counts.withUnsafeMutableBufferPointer { counts in
            guard let first = keys.baseAddress else { return }
            // SAFETY: the part lies within the keys; the C function checks each key before it counts it.
            let isValid = unsafe rec_count_keys(first + part.lowerBound, part.count, keyCount, counts.baseAddress)
            precondition(isValid != 0, "every key lies below the count of keys")
          }
        }
      }
    }
    var offsets = [Int](repeating: 0, count: keyCount + 1)
    var place = 0
    for key in 0..<keyCount {
      offsets[key] = place
      for part in 0..<parts.count {
        let count = next[part * keyCount + key]
        next[part * keyCount + key] = place
        place += count
      }
    }
    return (offsets, next)
  }

  /// Entries in a part: one part for each thread, but none where counting the keys would cost more than moving entries.
  private static func partSize(_ entryCount: Int, keyCount: Int, workers: Workers) -> Int {
    let parts = max(1, min(workers.threadCount, entryCount / max(1 << 16, 2 * keyCount)))
    return max(1, (entryCount + parts - 1) / parts)
  }
}
