import RecKernels

/// An orthonormal basis that grows by blocks, and the symmetric matrix of an operator in it.
///
/// `vectors` holds one basis vector after the other, `(count × length,)`. Products over the length are cut into chunks of
/// a fixed size whose partial results are added in order, so that the bits do not depend on the number of threads.
struct KrylovBasis {
  let length: Int
  private(set) var count = 0
  private(set) var vectors: [Double] = []
  /// The operator in this basis: rows and columns `0..<count`, row-major with `capacity` columns.
  private var projected: [Double]
  private let capacity: Int

  /// Elements of a vector that one thread treats at a time.
  static let chunk = 2048

  init(length: Int, capacity: Int) {
    self.length = length
    self.capacity = capacity
    projected = [Double](repeating: 0, count: capacity * capacity)
    vectors.reserveCapacity(length * capacity)
  }

  /// Appends the columns of an orthonormal block; `length × width`, row-major.
  mutating func append(_ block: [Double], width: Int) {
    precondition(count + width <= capacity, "the basis has room")
    let length = length
    let start = vectors.count
    vectors.append(contentsOf: repeatElement(0, count: width * length))
    for row in 0..<length {
      for column in 0..<width { vectors[start + column * length + row] = block[row * width + column] }
    }
    count += width
  }

  /// Takes the basis's part out of a block and returns it: `block -= Q Qᵀ block`, result `Qᵀ block`, `count × width`.
  func project(_ block: inout [Double], width: Int, workers: Workers) -> [Double] {
    guard count > 0 else { return [] }
    let part = coefficients(of: block, width: width, workers: workers)
    let (vectors, length, count) = (vectors, length, count)
    workers.fill(&block, chunk: Self.chunk * width) { range, rows in
      let first = range.lowerBound / width
      DenseAlgebra.multiply(
        vectors.span.extracting(first...), stride: length, transposed: true, part.span, stride: width,
        rows: range.count / width, columns: width, inner: count, alpha: -1, beta: 1, into: &rows, stride: width)
    }
    return part
  }

  /// `Qᵀ block`; `count × width`, row-major.
  private func coefficients(of block: [Double], width: Int, workers: Workers) -> [Double] {
    let (vectors, length, count) = (vectors, length, count)
    return workers.sum(length, chunk: Self.chunk, elements: count * width) { range, partial in
      var output = partial.mutableSpan
      DenseAlgebra.multiply(
        vectors.span.extracting(range.lowerBound...), stride: length,
        block.span.extracting(range.lowerBound * width..<range.upperBound * width), stride: width,
        rows: count, columns: width, inner: range.count, into: &output, stride: width)
    }
  }

  /// Sets the last `width` columns, and by symmetry rows, of the operator's matrix; `coefficients` is `count × width`.
  mutating func setLastColumns(_ coefficients: [Double], width: Int) {
    let first = count - width
    for row in 0..<count {
      for column in 0..<width {
        // Within the diagonal block the two halves agree but for rounding: take their mean.
        let value =
          row < first
          ? coefficients[row * width + column]
          : (coefficients[row * width + column] + coefficients[(first + column) * width + row - first]) / 2
        projected[row * capacity + first + column] = value
        projected[(first + column) * capacity + row] = value
      }
    }
  }

  /// The operator's matrix in the basis; `count × count`.
  var matrix: [Double] {
    var result = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0..<count { result[row * count + column] = projected[row * capacity + column] }
    }
    return result
  }

  /// Vectors with the given coordinates (row `i` of `coordinates`, `(number × count,)`), as columns: `length × number`.
  func combined(_ coordinates: [Double], number: Int, workers: Workers) -> [Double] {
    let (vectors, length, count) = (vectors, length, count)
    var result = [Double](repeating: 0, count: length * number)
    guard number > 0 else { return result }
    workers.fill(&result, chunk: Self.chunk * number) { range, rows in
      let first = range.lowerBound / number
      DenseAlgebra.multiply(
        vectors.span.extracting(first...), stride: length, transposed: true, coordinates.span, stride: count,
        transposed: true, rows: range.count / number, columns: number, inner: count, into: &rows, stride: number)
    }
    return result
  }

  /// The largest diagonal element so far: a lower bound of the operator's largest eigenvalue.
  var largestDiagonal: Double { (0..<count).reduce(0) { max($0, projected[$1 * capacity + $1]) } }

  /// Replaces the basis by the vectors of the `number` leading Ritz pairs.
  mutating func restart(_ ritz: RitzPairs, number: Int, workers: Workers) {
    let kept = combined(ritz.coordinates(number), number: number, workers: workers)
    count = 0
    vectors.removeAll(keepingCapacity: true)
    append(kept, width: number)
    for index in 0..<projected.count { projected[index] = 0 }
    for (index, value) in ritz.leading(number).enumerated() { projected[index * capacity + index] = value }
  }
}
