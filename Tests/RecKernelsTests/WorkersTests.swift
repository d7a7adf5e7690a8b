import RecAlgebra
import RecKernels
import Synchronization
import Testing

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 7, 16]) func `calls the body once for each index`(threads: Int) {
    let workers = Workers(threadCount: threads)
    for count in [0, 1, 2, 3, 100, 1000] {
      let calls = Mutex([Int](repeating: 0, count: count))
      workers.forEach(count) { index in calls.withLock { $0[index] += 1 } }
      #expect(calls.withLock { $0 } == [Int](repeating: 1, count: count))
    }
  }

  @Test(arguments: [1, 2, 7, 16]) func `gives results in order`(threads: Int) {
    let workers = Workers(threadCount: threads)
    #expect(workers.map(500) { "\($0)" } == (0..<500).map { "\($0)" })
    #expect(workers.map(0) { $0 } == [])
  }

  @Test(arguments: [1, 2, 7, 16], [1, 3, 64, 5000]) func `fills every chunk of an array`(threads: Int, chunk: Int) {
    let workers = Workers(threadCount: threads)
    for count in [0, 1, 63, 64, 65, 1000] {
      var array = [Int](repeating: -1, count: count)
      workers.fill(&array, chunk: chunk) { range, part in
        for index in 0..<part.count { part[index] = range.lowerBound + index }
      }
      #expect(array == Array(0..<count))
    }
  }

  @Test func `runs a nested loop on the thread it is in`() {
    let workers = Workers(threadCount: 4)
    let sums = workers.map(20) { outer in workers.map(20) { outer * $0 }.reduce(0, +) }
    #expect(sums == (0..<20).map { $0 * 190 })
  }

  @Test func `serves loops from several threads at once`() {
    let inner = Workers(threadCount: 3)
    let outer = Workers(threadCount: 4)
    for _ in 0..<200 {
      let sums = outer.map(4) { part in inner.map(50) { part + $0 }.reduce(0, +) }
      #expect(sums == (0..<4).map { 50 * $0 + 1225 })
    }
  }

  @Test func `survives many short loops and many short-lived pools`() {
    for round in 0..<50 {
      let workers = Workers(threadCount: 1 + round % 5)
      var total = 0
      for _ in 0..<200 { total += workers.map(3) { $0 }.reduce(0, +) }
      #expect(total == 600)
    }
  }

  @Test func `adds partial sums in the order of the chunks`() {
    var random = TestRandom(1)
    let values = random.doubles(10_000).map { $0 * 1e10 }
    let sums = [1, 2, 7, 16].map { threads in
      Workers(threadCount: threads).sum(values.count, chunk: 77) { range in values[range].reduce(0, +) }
    }
    var expected = 0.0
    for start in stride(from: 0, to: values.count, by: 77) {
      expected += values[start..<min(values.count, start + 77)].reduce(0, +)
    }
    #expect(sums == [expected, expected, expected, expected])
  }

  @Test func `stops at a checkpoint once cancelled`() throws {
    let execution = Execution(threadCount: 1)
    try execution.checkpoint()
    execution.cancellation.cancel()
    #expect(throws: Cancelled()) { try execution.checkpoint() }
    execution.cancellation.reset()
    try execution.checkpoint()
  }

  @Test func `waits for work that cannot be interrupted, unless it is cancelled`() throws {
    let execution = Execution(threadCount: 1)
    #expect(try execution.abandonable { 6 * 7 } == 42)
    execution.cancellation.cancel()
    let isReleased = Mutex(false)
    #expect(throws: Cancelled()) {
      try execution.abandonable { while !isReleased.withLock({ $0 }) {} }
    }
    isReleased.withLock { $0 = true }
  }
}
