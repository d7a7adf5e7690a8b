import RecKernels

/// `blockᵀ · block`; `width × width`. Chunks are added in order.
func gramMatrix(_ block: [Double], width: Int, workers: Workers) -> [Double] {
  workers.sum(block.count / width, chunk: KrylovBasis.chunk, elements: width * width) { range, partial in
    var output = partial.mutableSpan
    DenseAlgebra.gram(
      block.span.extracting(range.lowerBound * width..<range.upperBound * width), stride: width, order: width,
      inner: range.count, into: &output)
  }
}

/// An orthonormal basis of the span of a block's columns, directions that (nearly) depend on the others left out.
///
/// By the eigenvectors of the Gram matrix `blockᵀ block = Z Λ Zᵀ` the result is `block Z Λ^(-½)`, orthonormal to the
/// precision of the Gram matrix: a badly conditioned block needs a second call. Directions whose squared length is at most
/// `floor`, or 10⁻¹³ of the longest's, are left out. The block is row-major with `width` columns, and so is the result.
func orthonormalized(
  _ block: [Double], width: Int, gram: [Double], floor: Double, workers: Workers
) -> (block: [Double], width: Int) {
  guard let eigen = DenseAlgebra.symmetricEigen(gram, order: width), let largest = eigen.values.last else {
    return ([], 0)
  }
  let threshold = max(floor, 1e-13 * largest)
  guard let first = eigen.values.firstIndex(where: { $0 > threshold }) else { return ([], 0) }
  let kept = width - first
  var transform = [Double](repeating: 0, count: width * kept)
  for column in 0..<kept {
    let scale = 1 / eigen.values[first + column].squareRoot()
    for row in 0..<width { transform[row * kept + column] = eigen.vectors[(first + column) * width + row] * scale }
  }
  let map = transform
  var result = [Double](repeating: 0, count: block.count / width * kept)
  workers.fill(&result, chunk: KrylovBasis.chunk * kept) { range, rows in
    let start = range.lowerBound / kept
    DenseAlgebra.multiply(
      block.span.extracting((start * width)...), stride: width, map.span, stride: kept, rows: range.count / kept,
      columns: kept, inner: width, into: &rows, stride: kept)
  }
  return (result, kept)
}
