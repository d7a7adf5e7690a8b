import RecAlgebra
import RecKernels
import Testing

@Test func `smoke`() throws {
  #expect(XXHash64.hash(bytes: [], seed: 0) == 0xEF46_DB37_51D8_E999)
  #expect(CounterRandom.philox(counter: SIMD4(0, 0, 0, 0), key: SIMD2(0, 0)).x == 0x1655_4d9e_ca36_314c)
  let m = SparseRows.counting(
    rows: [2, 0, 1, 0, 1, 2, 0, 2, 3, 1], columns: [0, 1, 0, 0, 3, 1, 3, 3, 3, 1],
    values: [1, 3, 4, 5, 1, 1, 1, 5, 4, 0], rowCount: 4, columnCount: 4)
  let svd = try truncatedSVD(SparseOperator(m), rank: 2, seed: 1, execution: Execution(threadCount: 2))
  print(svd)
  let w = Workers(threadCount: 4)
  #expect(w.map(1000) { $0 * 2 } == (0..<1000).map { $0 * 2 })
  var a = [Int](repeating: 0, count: 1001)
  for _ in 0..<1000 { w.fill(&a, chunk: 10) { r, s in for i in r { s[i - r.lowerBound] += i } } }
  #expect(a == (0...1000).map { $0 * 1000 })
  #expect(topK(scores: [1, .nan, 3, 3, -.infinity, 2].span, k: 5).map(\.index) == [2, 3, 5, 0, 4])
  print(formatFixed(3.14159, decimals: 2))
}
