extension Workers {
  /// Three columns of the same length, each chunk written by one call through spans of its own.
  ///
  /// Chunk `c` has the rows `bounds[c]..<bounds[c + 1]`; `body` writes every element of its spans,
  /// unless the caller drops the columns unread.
  package func columns(
    bounds: [Int],
    _ body: @Sendable (Int, inout MutableSpan<Int32>, inout MutableSpan<Float>, inout MutableSpan<Int64>) -> Void
  ) -> (indices: [Int32], values: [Float], times: [Int64]) {
    let count = bounds.last ?? 0
    precondition(bounds.first == 0 && zip(bounds, bounds.dropFirst()).allSatisfy { $0 <= $1 }, "bounds ascend from 0")
    var first = uninitializedArray(Int32.self, count: count)
    var second = uninitializedArray(Float.self, count: count)
    var third = uninitializedArray(Int64.self, count: count)
    // SAFETY: the chunks are disjoint, each is written by one call, and the buffers outlive the calls.
    unsafe first.withUnsafeMutableBufferPointer { first in
      unsafe second.withUnsafeMutableBufferPointer { second in
        unsafe third.withUnsafeMutableBufferPointer { third in
          let slots = unsafe UnsafeColumns(first: first, second: second, third: third)
          forEach(bounds.count - 1) { chunk in
            let range = bounds[chunk]..<bounds[chunk + 1]
            var a = unsafe MutableSpan(_unsafeElements: slots.first.extracting(range))
            var b = unsafe MutableSpan(_unsafeElements: slots.second.extracting(range))
            var c = unsafe MutableSpan(_unsafeElements: slots.third.extracting(range))
            body(chunk, &a, &b, &c)
          }
        }
      }
    }
    return (first, second, third)
  }
}

@unsafe private struct UnsafeColumns: @unchecked Sendable {
  let first: UnsafeMutableBufferPointer<Int32>
  let second: UnsafeMutableBufferPointer<Float>
  let third: UnsafeMutableBufferPointer<Int64>
}
