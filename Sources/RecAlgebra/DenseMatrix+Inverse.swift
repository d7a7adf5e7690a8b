package import RecKernels

extension DenseMatrix {
  /// Turns a symmetric positive definite matrix into the negative of its inverse, in place; false if it is not definite.
  ///
  /// The matrix is swept block by block (Gauss–Jordan elimination that keeps to one triangle): n³ operations, nearly all
  /// of them products of a band of rows with a panel of columns, which the workers share. Only the upper triangle is read;
  /// both are written. The same bits for any number of threads. J. H. Goodnight, "A tutorial on the SWEEP operator", The
  /// American Statistician 33(3), 1979, doi:10.1080/00031305.1979.10482685.
  package mutating func negateAndInvert(label: String, _ execution: Execution) throws(Cancelled) -> Bool {
    precondition(rowCount == columnCount, "the matrix is square")
    let width = Self.panelWidth
    for first in Swift.stride(from: 0, to: rowCount, by: width) {
      let pivot = first..<min(rowCount, first + width)
      guard try sweep(pivot, execution) else { return false }
      // Early pivots cost as much as late ones.
      execution.report(Progress(label: label, fraction: Double(pivot.upperBound) / Double(rowCount)))
    }
    mirrorUpperTriangle()
    return true
  }

  /// Columns that are eliminated at a time.
  private static let panelWidth = 256

  /// Sweeps the pivot: with D the inverse of A over the pivot and C its columns, A becomes A − C D Cᵀ elsewhere, C D in the
  /// pivot's columns and −D in the pivot.
  private mutating func sweep(_ pivot: Range<Int>, _ execution: Execution) throws(Cancelled) -> Bool {
    let (order, width, rowLength) = (rowCount, pivot.count, stride)
    guard let inverse = inverse(ofBlock: pivot) else { return false }
    let columns = panel(pivot, execution.workers)
    let band = order < 8192 ? 256 : 512
    let products = products(columns, inverse, width, band: band, execution)
    execution.workers.fill(&storage, chunk: band * rowLength) { range, part in
      if execution.cancellation.isCancelled { return }
      let first = range.lowerBound / rowLength
      let rows = range.count / rowLength
      // Right of the diagonal only; the pivot's rows and columns are zero in the panel and so stay as they are.
      var right = part._mutatingExtracting(first..<part.count)
      let own = products.span.extracting(first * width..<(first + rows) * width)
      let others = columns.span.extracting(first * width..<order * width)
      DenseAlgebra.multiply(
        own, stride: width, transposed: false, others, stride: width, transposed: true, rows: rows,
        columns: order - first, inner: width,
        alpha: -1, beta: 1, into: &right, stride: rowLength)
    }
    try execution.checkpoint()
    finish(pivot, products, inverse, execution.workers)
    return true
  }

  /// The panel's columns times the pivot's inverse, rows × width.
  private func products(_ columns: [Float], _ inverse: [Float], _ width: Int, band: Int, _ execution: Execution)
    -> [Float]
  {
    var products = [Float](repeating: 0, count: columns.count)
    execution.workers.fill(&products, chunk: band * width) { range, part in
      if execution.cancellation.isCancelled { return }
      DenseAlgebra.multiply(
        columns.span.extracting(range), stride: width, inverse.span, stride: width, rows: range.count / width,
        columns: width, inner: width, into: &part, stride: width)
    }
    return products
  }

  /// The inverse of the block on the diagonal, in Float, `pivot.count` square; nil if it is not positive definite.
  private func inverse(ofBlock pivot: Range<Int>) -> [Float]? {
    let width = pivot.count
    var block = [Double](repeating: 0, count: width * width)
    var inverse = [Double](repeating: 0, count: width * width)
    for row in 0..<width {
      inverse[row * width + row] = 1
      for column in row..<width {
        block[row * width + column] = Double(storage[(pivot.lowerBound + row) * stride + pivot.lowerBound + column])
      }
    }
    var matrix = block.mutableSpan
    var right = inverse.mutableSpan
    guard DenseAlgebra.solvePositiveDefinite(&matrix, order: width, right: &right, count: width) else { return nil }
    return inverse.map { Float($0) }
  }

  /// The pivot's columns as rows × pivot.count; zero in the pivot's own rows.
  private func panel(_ pivot: Range<Int>, _ workers: Workers) -> [Float] {
    let (width, rowLength) = (pivot.count, stride)
    let source = storage
    var columns = [Float](repeating: 0, count: rowCount * width)
    workers.fill(&columns, chunk: 256 * width) { range, part in
      let source = source.span
      for row in range.lowerBound / width..<range.upperBound / width {
        let target = row * width - range.lowerBound
        if row < pivot.lowerBound {
          let start = row * rowLength + pivot.lowerBound
          for column in 0..<width { part[target + column] = source[start + column] }
        }
      }
      // Beyond the pivot the columns are rows of the upper triangle; a few rows at a time stay in the cache.
      let rows = max(pivot.upperBound, range.lowerBound / width)..<max(pivot.upperBound, range.upperBound / width)
      for column in 0..<width {
        let start = (pivot.lowerBound + column) * rowLength
        for row in rows { part[row * width - range.lowerBound + column] = source[start + row] }
      }
    }
    return columns
  }

  /// Writes what the sweep makes of the pivot's rows and columns.
  private mutating func finish(_ pivot: Range<Int>, _ products: [Float], _ inverse: [Float], _ workers: Workers) {
    let (width, rowLength, order) = (pivot.count, stride, rowCount)
    workers.fill(&storage, chunk: 64 * rowLength) { range, part in
      let products = products.span
      for row in range.lowerBound / rowLength..<range.upperBound / rowLength where row < pivot.upperBound {
        let target = row * rowLength - range.lowerBound
        if row < pivot.lowerBound {
          for column in 0..<width { part[target + pivot.lowerBound + column] = products[row * width + column] }
        } else {
          let place = row - pivot.lowerBound
          for column in 0..<width { part[target + pivot.lowerBound + column] = -inverse[place * width + column] }
          for column in pivot.upperBound..<order { part[target + column] = products[column * width + place] }
        }
      }
    }
  }

  /// Copies the upper triangle to the lower one, tile by tile.
  private mutating func mirrorUpperTriangle() {
    let (tile, order, rowLength) = (64, rowCount, stride)
    var elements = storage.mutableSpan
    for first in Swift.stride(from: 0, to: order, by: tile) {
      for left in Swift.stride(from: first, to: order, by: tile) {
        let end = min(order, left + tile)
        for row in first..<min(order, first + tile) {
          for column in max(left, row + 1)..<max(left, row + 1, end) {
            elements[column * rowLength + row] = elements[row * rowLength + column]
          }
        }
      }
    }
  }
}
