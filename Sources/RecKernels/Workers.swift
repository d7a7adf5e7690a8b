import CKernels

/// A pool of threads that run the chunks of one loop at a time.
///
/// A class because it owns threads. They start with the first loop that has more than one chunk and end with the last
/// reference. A loop started while another one runs (a nested loop, or one from a second thread) runs on the thread that
/// starts it. Nothing computed may depend on `threadCount`: chunks are cut by the data.
package final class Workers: Sendable {
  /// How many threads run a loop, the calling one included.
  package let threadCount: Int
  private let pool: WorkerPool

  /// The number of processor cores this process may use.
  package static var coreCount: Int {
    Int(rec_core_count())
  }

  /// A pool of `threadCount` threads; less than one counts as one.
  package init(threadCount: Int = Workers.coreCount) {
    self.threadCount = min(max(1, threadCount), WorkerPool.threadLimit)
    pool = WorkerPool(helperCount: self.threadCount - 1)
  }

  deinit { pool.stop() }

  /// Calls `body` once for each index below `count`, in any order, from any thread, and returns when all are done.
  package func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 0 else { return }
    guard count > 1, threadCount > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    pool.run(count, body)
  }

  /// The results of `body` for each index below `count`, in order.
  package func map<T: Sendable>(_ count: Int, _ body: @Sendable (Int) -> T) -> [T] {
    guard count > 0 else { return [] }
    // SAFETY: `forEach` calls the closure once for each index, so that each slot is initialised exactly once.
    return unsafe [T](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      let slots = unsafe UnsafeSlots(start: buffer.baseAddress)
      forEach(count) { index in unsafe slots.initialize(index, to: body(index)) }
      initializedCount = count
    }
  }

  /// Lets `body` write each chunk of `chunk` elements (the last may be shorter) of the array through its own span.
  ///
  /// The chunk size comes from the data, never from the number of threads.
  package func fill<T: Sendable>(
    _ array: inout [T], chunk: Int, _ body: @Sendable (Range<Int>, inout MutableSpan<T>) -> Void
  ) {
    precondition(chunk > 0, "a chunk has at least one element")
    let count = array.count
    guard count > 0 else { return }
    // SAFETY: the chunks are disjoint parts of the buffer, each written by one call only, and the buffer outlives them.
    unsafe array.withUnsafeMutableBufferPointer { buffer in
      let slots = unsafe UnsafeSlots(start: buffer.baseAddress)
      forEach((count + chunk - 1) / chunk) { index in
        let range = index * chunk..<min(count, (index + 1) * chunk)
        var span = unsafe slots.span(range)
        body(range, &span)
      }
    }
  }

  /// Lets `body` write each chunk of two arrays of one length; see `fill`.
  package func fill<T: Sendable, U: Sendable>(
    _ first: inout [T], _ second: inout [U], chunk: Int,
    _ body: @Sendable (Range<Int>, inout MutableSpan<T>, inout MutableSpan<U>) -> Void
  ) {
    precondition(chunk > 0 && first.count == second.count, "the arrays have one length, a chunk at least one element")
    let count = first.count
    guard count > 0 else { return }
    // SAFETY: as in `fill` of one array.
    unsafe first.withUnsafeMutableBufferPointer { firsts in
      unsafe second.withUnsafeMutableBufferPointer { seconds in
        let firsts = unsafe UnsafeSlots(start: firsts.baseAddress)
        let seconds = unsafe UnsafeSlots(start: seconds.baseAddress)
        forEach((count + chunk - 1) / chunk) { index in
          let range = index * chunk..<min(count, (index + 1) * chunk)
          var a = unsafe firsts.span(range)
          var b = unsafe seconds.span(range)
          body(range, &a, &b)
        }
      }
    }
  }
}
