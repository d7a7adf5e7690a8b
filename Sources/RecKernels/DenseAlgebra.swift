import COpenBLAS

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Dense linear algebra by BLAS and LAPACK, on one thread, over row-major matrices in spans.
///
/// A matrix is a span, its shape and its stride (elements from one row to the next). Sizes are checked; results have the
/// same bits on the same kind of machine.
package enum DenseAlgebra {
  /// The library is opened once, before its first use; without it no statement that needs it can run.
  private static let ready: Void = {
    guard rec_blas_open() != 0 else { return }
    try? StandardStream.error.write("error: OpenBLAS is not there; install it with: apt-get install libopenblas0\n")
    exit(1)
  }()

  static func prepare() { _ = ready }

  /// `c = alpha · op(a) · op(b) + beta · c`, where `op` transposes if asked; `c` is `rows × columns`, `inner` the length summed.
  package static func multiply(
    _ a: Span<Double>, stride aStride: Int, transposed aTransposed: Bool = false,
    _ b: Span<Double>, stride bStride: Int, transposed bTransposed: Bool = false,
    rows: Int, columns: Int, inner: Int, alpha: Double = 1, beta: Double = 0,
    into c: inout MutableSpan<Double>, stride cStride: Int
  ) {
    guard rows > 0, columns > 0 else { return }
    check(a.count, aStride, aTransposed ? inner : rows, aTransposed ? rows : inner)
    check(b.count, bStride, bTransposed ? columns : inner, bTransposed ? inner : columns)
    check(c.count, cStride, rows, columns)
    prepare()
    // SAFETY: `check` has compared every shape with its span, and the pointers are used only during the call.
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        unsafe c.withUnsafeMutableBufferPointer { c in
          unsafe rec_dgemm(
            rowMajor, transposition(aTransposed), transposition(bTransposed), Int32(rows), Int32(columns), Int32(inner),
            alpha, a.baseAddress, Int32(aStride), b.baseAddress, Int32(bStride), beta, c.baseAddress, Int32(cStride))
        }
      }
    }
  }

  /// `c = alpha · op(a) · op(b) + beta · c` in Float; see the Double form.
  package static func multiply(
    _ a: Span<Float>, stride aStride: Int, transposed aTransposed: Bool = false,
    _ b: Span<Float>, stride bStride: Int, transposed bTransposed: Bool = false,
    rows: Int, columns: Int, inner: Int, alpha: Float = 1, beta: Float = 0,
    into c: inout MutableSpan<Float>, stride cStride: Int
  ) {
    guard rows > 0, columns > 0 else { return }
    check(a.count, aStride, aTransposed ? inner : rows, aTransposed ? rows : inner)
    check(b.count, bStride, bTransposed ? columns : inner, bTransposed ? inner : columns)
    check(c.count, cStride, rows, columns)
    prepare()
    // SAFETY: `check` has compared every shape with its span, and the pointers are used only during the call.
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        unsafe c.withUnsafeMutableBufferPointer { c in
          unsafe rec_sgemm(
            rowMajor, transposition(aTransposed), transposition(bTransposed), Int32(rows), Int32(columns), Int32(inner),
            alpha, a.baseAddress, Int32(aStride), b.baseAddress, Int32(bStride), beta, c.baseAddress, Int32(cStride))
        }
      }
    }
  }

  /// `c = alpha · aᵀ · a + beta · c` (both triangles), `a` being `inner × order`.
  package static func gram(
    _ a: Span<Double>, stride: Int, order: Int, inner: Int, alpha: Double = 1, beta: Double = 0,
    into c: inout MutableSpan<Double>
  ) {
    guard order > 0 else { return }
    check(a.count, stride, inner, order)
    check(c.count, order, order, order)
    prepare()
    // SAFETY: `check` has compared every shape with its span, and the pointers are used only during the call.
    unsafe a.withUnsafeBufferPointer { a in
      unsafe c.withUnsafeMutableBufferPointer { c in
        unsafe rec_dsyrk(
          rowMajor, upperTriangle, transposition(true), Int32(order), Int32(inner), alpha, a.baseAddress, Int32(stride),
          beta, c.baseAddress, Int32(order))
      }
    }
    for row in 1..<max(1, order) {
      for column in 0..<row { c[row * order + column] = c[column * order + row] }
    }
  }

  // The enumeration values of CBLAS.
  static let rowMajor: Int32 = 101
  static let upperTriangle: Int32 = 121
  static func transposition(_ transposed: Bool) -> Int32 { transposed ? 112 : 111 }

  /// Stops the program if a matrix reaches beyond its span or beyond BLAS's 32-bit sizes.
  static func check(_ available: Int, _ stride: Int, _ rows: Int, _ columns: Int) {
    precondition(rows >= 0 && columns >= 0 && stride >= max(1, columns), "a row is no longer than the stride")
    precondition(rows == 0 || (rows - 1) * stride + columns <= available, "the matrix lies within its span")
    precondition(rows <= Int32.max && stride <= Int32.max, "BLAS counts with 32 bits")
  }
}
