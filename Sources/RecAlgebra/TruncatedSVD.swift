package import RecKernels

/// The `rank` largest singular values of an operator, with their vectors.
///
/// Gives fewer than `rank` components where the matrix has fewer nonzero singular values.
package func truncatedSVD(
  _ matrix: some LinearOperator, rank: Int, tolerance: Double = 1e-6, seed: UInt64, execution: Execution
) throws(Cancelled) -> SingularValueDecomposition {
  precondition(rank >= 0, "a rank is not negative")
  try execution.checkpoint()
  return try denseSVD(matrix, rank: rank, execution: execution)
}
