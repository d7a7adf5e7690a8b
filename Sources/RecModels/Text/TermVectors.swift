package import RecAlgebra
package import RecData
package import RecKernels

/// Items as vectors over terms, each of length 1 or, without any term, 0; ready for cosines.
package struct TermVectors: Sendable, Equatable {
  /// The words, n-grams and labels; (terms,).
  package let terms: TextColumn
  /// items × terms.
  package let items: SparseRows
  /// terms × items: which items have a term, and how much of it.
  package let postings: SparseRows

  package init(terms: TextColumn, items: SparseRows, workers: Workers = Workers(threadCount: 1)) {
    self.terms = terms
    self.items = items
    postings = items.transposed(workers)
  }

  package var itemCount: Int { items.rowCount }

  /// Whether an item has any term.
  package func hasTerms(_ item: Int) -> Bool { !items.row(item).isEmpty }

  /// The weighted sum of item vectors, divided by its length; (terms,), nil where it is zero.
  package func profile(of items: [Int32], weights: [Float]) -> [Float]? {
    var sums = [Double](repeating: 0, count: terms.count)
    for (item, weight) in zip(items, weights) where weight != 0 {
      for entry in self.items.row(Int(item)) {
        sums[Int(self.items.columns[entry])] += Double(weight) * Double(self.items.values[entry])
      }
    }
    let norm = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return norm > 0 ? sums.map { Float($0 / norm) } : nil
  }

  /// The product of every item's vector with a profile, (itemCount,), summed in the order of the terms.
  package func products(with profile: [Float], into products: inout MutableSpan<Float>) {
    for item in 0..<itemCount { products[item] = 0 }
    for (term, weight) in profile.enumerated() where weight != 0 {
      for entry in postings.row(term) {
        products[Int(postings.columns[entry])] += weight * postings.values[entry]
      }
    }
  }
}
