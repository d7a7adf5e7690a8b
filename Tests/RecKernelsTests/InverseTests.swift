import RecAlgebra
import RecKernels
import Testing

@Suite struct InverseTests {
  @Test(arguments: [1, 2, 15, 16, 17, 100, 255, 256, 257, 700]) func `is the inverse with its sign turned`(order: Int)
    throws
  {
    let matrix = Self.definite(order)
    var inverse = matrix
    #expect(try inverse.negateAndInvert(label: "test", Execution(threadCount: 2)))
    for row in Swift.stride(from: 0, to: order, by: max(1, order / 20)) {
      for column in 0..<order {
        let product = (0..<order).reduce(0.0) { $0 - Double(matrix[row, $1]) * Double(inverse[$1, column]) }
        #expect(abs(product - (row == column ? 1 : 0)) < 2e-5)
        #expect(inverse[row, column] == inverse[column, row])
      }
    }
    #expect(inverse.storage.indices.allSatisfy { $0 % inverse.stride < order || inverse.storage[$0] == 0 })
  }

  @Test func `has the same bits for any number of threads`() throws {
    var expected = Self.definite(600)
    #expect(try expected.negateAndInvert(label: "test", Execution(threadCount: 1)))
    for threads in [2, 7, 16] {
      var inverse = Self.definite(600)
      #expect(try inverse.negateAndInvert(label: "test", Execution(threadCount: threads)))
      #expect(inverse.storage.map(\.bitPattern) == expected.storage.map(\.bitPattern))
    }
  }

  @Test func `says that a matrix is not definite, and stops when cancelled`() throws {
    var singular = DenseMatrix(rowCount: 3, columnCount: 3)
    #expect(try !singular.negateAndInvert(label: "test", Execution(threadCount: 1)))
    let execution = Execution(threadCount: 2)
    execution.cancellation.cancel()
    var matrix = Self.definite(300)
    #expect(throws: Cancelled.self) { try matrix.negateAndInvert(label: "test", execution) }
  }

  /// A Gram matrix of random rows with something on the diagonal.
  private static func definite(_ order: Int) -> DenseMatrix {
    var random = TestRandom(UInt64(order))
    let rows = (0..<order).map { _ in random.floats(30) }
    var matrix = DenseMatrix(rowCount: order, columnCount: order)
    for row in 0..<order {
      for column in 0..<order {
        let product = zip(rows[row], rows[column]).reduce(0) { $0 + $1.0 * $1.1 }
        matrix[row, column] = product + (row == column ? 10 : 0)
      }
    }
    return matrix
  }
}
