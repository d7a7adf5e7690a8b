import CKernels

/// What pairwise training changes.
package struct PairwiseState: Sendable {
  /// `stride` elements for each row, zero beyond the factors; a multiple of 16.
  package var rowFactors: [Float]
  package var columnFactors: [Float]
  package var columnBiases: [Float]
  package let stride: Int
  /// The row that last had each column as a positive, -1 at first.
  private(set) var marks: [Int32]

  package init(rowFactors: [Float], columnFactors: [Float], columnBiases: [Float], stride: Int) {
    precondition(stride > 0 && stride % 16 == 0 && stride <= 16 * Int(REC_PAIRWISE_CHUNKS), "rows are padded")
    precondition(columnFactors.count == columnBiases.count * stride, "a bias for each column")
    self.rowFactors = rowFactors
    self.columnFactors = columnFactors
    self.columnBiases = columnBiases
    self.stride = stride
    marks = [Int32](repeating: -1, count: columnBiases.count)
  }

  /// The most factors there may be.
  package static let factorLimit = 16 * Int(REC_PAIRWISE_CHUNKS)

  /// Lets `body` write to everything at once, from several threads.
  mutating func withMemory<Result>(_ body: (UnsafePairwiseMemory) -> Result) -> Result {
    // SAFETY: the buffers last for the call; whoever writes through them keeps to rows and columns of its own.
    unsafe rowFactors.withUnsafeMutableBufferPointer { rowFactors in
      unsafe columnFactors.withUnsafeMutableBufferPointer { columnFactors in
        unsafe columnBiases.withUnsafeMutableBufferPointer { columnBiases in
          unsafe marks.withUnsafeMutableBufferPointer { marks in
            unsafe body(
              UnsafePairwiseMemory(
                rowFactors: rowFactors.baseAddress, columnFactors: columnFactors.baseAddress,
                columnBiases: columnBiases.baseAddress, marks: marks.baseAddress, stride: stride))
          }
        }
      }
    }
  }
}

/// The memory of a state, handed to several threads.
@unsafe struct UnsafePairwiseMemory: @unchecked Sendable {
  let rowFactors: UnsafeMutablePointer<Float>?
  let columnFactors: UnsafeMutablePointer<Float>?
  let columnBiases: UnsafeMutablePointer<Float>?
  let marks: UnsafeMutablePointer<Int32>?
  let stride: Int
}
