package import RecKernels

extension Workers {
  /// The sum of `body` over the chunks of `0..<count`, added in the order of the chunks: the same bits for any number of
  /// threads. The chunk size comes from the data.
  package func sum(_ count: Int, chunk: Int, _ body: @Sendable (Range<Int>) -> Double) -> Double {
    reduce(count, chunk: chunk, into: 0.0, { $0 += $1 }, body)
  }

  /// Combines the results of `body` over the chunks of `0..<count`, in the order of the chunks.
  package func reduce<Partial: Sendable, Result>(
    _ count: Int, chunk: Int, into initial: Result, _ combine: (inout Result, Partial) -> Void,
    _ body: @Sendable (Range<Int>) -> Partial
  ) -> Result {
    precondition(chunk > 0, "a chunk has at least one element")
    let partials = map((count + chunk - 1) / chunk) { index in
      body(index * chunk..<min(count, (index + 1) * chunk))
    }
    return partials.reduce(into: initial, combine)
  }

  /// The sum of arrays, one for each chunk of `0..<count`, added in the order of the chunks; `body` adds to zeros.
  package func sum(
    _ count: Int, chunk: Int, elements: Int, _ body: @Sendable (Range<Int>, inout [Double]) -> Void
  ) -> [Double] {
    reduce(
      count, chunk: chunk, into: [Double](repeating: 0, count: elements),
      { (sum: inout [Double], partial: [Double]) in for index in 0..<elements { sum[index] += partial[index] } }
    ) { range in
      var partial = [Double](repeating: 0, count: elements)
      body(range, &partial)
      return partial
    }
  }
}
