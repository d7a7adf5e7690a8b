import RecKernels

/// Item factors in panels of 16 items, so that scoring runs over contiguous memory; shape `itemCount × rank`.
///
/// Panel `p` holds, for each factor in turn, that factor of the items `16 p ..< 16 p + 16` (zero beyond the last item).
/// A score is summed factor by factor, each product rounded before it is added: the same bits for one user, for a block
/// of users and on every processor.
package struct PackedFactors: Sendable, Equatable {
  package let itemCount: Int
  package let rank: Int
  /// The panels, one after the other; `(⌈itemCount / 16⌉ × rank × 16,)`.
  private let panels: [Float]

  /// Packs the rows of a matrix; `itemCount × rank`.
  package init(_ factors: DenseMatrix) {
    itemCount = factors.rowCount
    rank = factors.columnCount
    var panels = [Float](repeating: 0, count: (itemCount + 15) / 16 * rank * 16)
    for item in 0..<itemCount {
      let start = item / 16 * rank * 16 + item % 16
      for (factor, value) in factors.row(item).enumerated() { panels[start + factor * 16] = value }
    }
    self.panels = panels
  }

  /// The scores of one user for all items; `factor` is `(rank,)`, `output` `(itemCount,)`.
  package func scores(of factor: Span<Float>, into output: inout MutableSpan<Float>) {
    precondition(
      factor.count >= rank && output.count >= itemCount, "a factor for each dimension, a score for each item")
    BlockKernels.scorePanels(
      users: factor, userCount: 1, userStride: rank, panels: panels.span, rank: rank, itemCount: itemCount,
      into: &output,
      outputStride: itemCount)
  }

  /// The scores of the users `rows` of a matrix for all items; row `r`'s scores begin at `(r - rows.lowerBound) * stride`.
  package func scores(
    ofRows block: DenseMatrix, rows: Range<Int>, into output: inout MutableSpan<Float>, stride: Int
  ) {
    precondition(block.columnCount == rank, "users and items have the same factors")
    precondition(rows.lowerBound >= 0 && rows.upperBound <= block.rowCount, "the rows lie within the matrix")
    BlockKernels.scorePanels(
      users: block.rows.extracting(rows.lowerBound * block.stride..<rows.upperBound * block.stride),
      userCount: rows.count, userStride: block.stride, panels: panels.span, rank: rank, itemCount: itemCount,
      into: &output, outputStride: stride)
  }

  /// The factors of one item; `(rank,)`.
  package func row(_ item: Int) -> [Float] {
    precondition(item >= 0 && item < itemCount, "the item lies within the factors")
    let start = item / 16 * rank * 16 + item % 16
    return (0..<rank).map { panels[start + $0 * 16] }
  }
}
