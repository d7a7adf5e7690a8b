extension Workers {
  /// Lets `body` write each stretch of rows through its own span, and gives what it returns for each stretch, in order.
  ///
  /// - Parameters:
  ///   - array: rows of `stride` elements.
  ///   - bounds: stretch `s` has the rows `bounds[s]..<bounds[s + 1]`; ascending from 0 to the number of rows, and fixed by
  ///     the data, never by the number of threads.
  package func mapRows<T: Sendable, Result: Sendable>(
    of array: inout [T], stride: Int, bounds: [Int],
    _ body: @Sendable (Range<Int>, inout MutableSpan<T>) -> Result
  ) -> [Result] {
    precondition(bounds.first == 0 && zip(bounds, bounds.dropFirst()).allSatisfy { $0 <= $1 }, "bounds ascend from 0")
    precondition((bounds.last ?? 0) * stride == array.count, "the stretches cover the array")
    guard !array.isEmpty else { return [] }
    // SAFETY: the stretches are disjoint parts of the buffer, each written by one call only, and the buffer outlives them.
    return unsafe array.withUnsafeMutableBufferPointer { buffer in
      let slots = unsafe UnsafeSlots(start: buffer.baseAddress)
      return map(bounds.count - 1) { index in
        let rows = bounds[index]..<bounds[index + 1]
        var span = unsafe slots.span(rows.lowerBound * stride..<rows.upperBound * stride)
        return body(rows, &span)
      }
    }
  }
}
