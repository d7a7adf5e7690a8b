/// Loops over columns of codes, in parallel.
package enum CodeColumns {
  private static let chunk = 1 << 16

  /// The highest code, or 0 where there is none.
  package static func highest(_ codes: [Int32], _ workers: Workers) -> Int32 {
    let chunks = (codes.count + chunk - 1) / chunk
    return workers.map(chunks) { index in
      var highest: Int32 = 0
      for place in index * chunk..<min(codes.count, (index + 1) * chunk) { highest = max(highest, codes[place]) }
      return highest
    }.max() ?? 0
  }

  /// Replaces each code by its entry in a table, (highest code + 1,).
  package static func translate(_ codes: inout [Int32], by table: [Int32], _ workers: Workers) {
    translate(&codes, in: 0..<codes.count, by: table, workers)
  }

  /// Replaces the codes of some rows by their entries in a table; a code outside the table is a programmer's error.
  package static func translate(_ codes: inout [Int32], in rows: Range<Int>, by table: [Int32], _ workers: Workers) {
    workers.fill(&codes, chunk: chunk) { range, span in
      let part = range.clamped(to: rows)
      if part.isEmpty { return }
      for place in part.lowerBound - range.lowerBound..<part.upperBound - range.lowerBound {
        span[place] = table[Int(span[place])]
      }
    }
  }
}
