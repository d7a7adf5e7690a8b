import RecKernels

extension Suite {
  static let pool = Suite("pool", "the cost of starting and ending a parallel loop") {
    for threads in [1, 2] {
      let workers = Workers(threadCount: threads)
      let loops = 1000
      let seconds = bestTime { for _ in 0..<loops { workers.forEach(8) { _ in } } }
      report("loop of 8 empty chunks, \(threads) threads", seconds: seconds / Double(loops))
    }
  }
}
