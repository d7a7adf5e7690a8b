import CKernels

/// A number with a fixed count of decimals, correctly rounded (to even on an exact tie), for example `3.50`.
///
/// At most 1,000 decimals are given. What is not finite is `nan`, `inf` or `-inf`; a negative zero keeps its sign.
package func formatFixed(_ value: Double, decimals: Int) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
  let decimals = min(max(0, decimals), 1000)
  // The longest double has 309 digits before the point; sign, point and the final zero byte come on top.
  let capacity = (value.magnitude < 1e15 ? 16 : 309) + decimals + 3
  // SAFETY: the C function writes at most `capacity` bytes, and the value and decimals fit them by the line above.
  return unsafe String(unsafeUninitializedCapacity: capacity) { buffer in
    unsafe buffer.withMemoryRebound(to: CChar.self) { text in
      Int(unsafe rec_format_fixed(text.baseAddress, capacity, value, Int32(decimals)))
    }
  }
}
