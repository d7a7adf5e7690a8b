import CKernels

extension CodeColumns {
  /// The lowest and highest of the values that are `mark` or more; infinity and -infinity where there is none.
  package static func extremes(
    _ values: [Float], from mark: Float, _ workers: Workers
  ) -> (lowest: Float, highest: Float) {
    let chunk = 1 << 16
    let parts = workers.map((values.count + chunk - 1) / chunk) { index in
      var lowest: Float = .infinity
      var highest: Float = -.infinity
      let part = values.span.extracting(index * chunk..<min(values.count, (index + 1) * chunk))
      // SAFETY: the pointers are used only during the call, with the count that belongs to them.
      unsafe part.withUnsafeBufferPointer { unsafe rec_extremes($0.baseAddress, $0.count, mark, &lowest, &highest) }
      return (lowest, highest)
    }
    return parts.reduce((.infinity, -.infinity)) { (min($0.0, $1.0), max($0.1, $1.1)) }
  }

  /// The lowest and highest of some whole numbers; the highest and lowest that there are where there is none.
  package static func extremes(_ values: [Int64], _ workers: Workers) -> (lowest: Int64, highest: Int64) {
    let chunk = 1 << 16
    let parts = workers.map((values.count + chunk - 1) / chunk) { index in
      var (lowest, highest) = (Int64.max, Int64.min)
      let part = values.span.extracting(index * chunk..<min(values.count, (index + 1) * chunk))
      for place in 0..<part.count {
        lowest = min(lowest, part[place])
        highest = max(highest, part[place])
      }
      return (lowest, highest)
    }
    return parts.reduce((.max, .min)) { (min($0.0, $1.0), max($0.1, $1.1)) }
  }
}
