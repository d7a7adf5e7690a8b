internal import RecKernels

extension CounterRandom {
  /// Fills a span with numbers of the standard normal distribution, four for each draw of 256 bits (Box & Muller 1958).
  ///
  /// Number `p` is a function of (seed, purpose, i, j, p).
  package static func fillNormals(
    _ output: inout MutableSpan<Float>, seed: UInt64, purpose: Purpose, _ i: UInt64, _ j: UInt64
  ) {
    for place in stride(from: 0, to: output.count, by: 4) {
      let bits = four(seed: seed, purpose: purpose, i, j, UInt64(place))
      let (first, second) = normals(bits.x, bits.y)
      let (third, fourth) = normals(bits.z, bits.w)
      output[place] = first
      if place + 1 < output.count { output[place + 1] = second }
      if place + 2 < output.count { output[place + 2] = third }
      if place + 3 < output.count { output[place + 3] = fourth }
    }
  }

  /// Two independent normals of two times 64 random bits.
  private static func normals(_ first: UInt64, _ second: UInt64) -> (Float, Float) {
    // 1 - u lies in (0, 1], where the logarithm is finite.
    let radius = (-2 * RealFunctions.log(1 - unit(first))).squareRoot()
    let angle = 2 * .pi * unit(second)
    return (Float(radius * RealFunctions.cos(angle)), Float(radius * RealFunctions.sin(angle)))
  }

  /// A number of the gamma distribution with a rate of 1.
  ///
  /// G. Marsaglia & W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000),
  /// doi:10.1145/358407.358414; rejected proposals take the next counter of the third index, so it stays a function of
  /// (seed, purpose, i, j).
  ///
  /// - Parameter shape: At least 1.
  package static func gamma(shape: Double, seed: UInt64, purpose: Purpose, _ i: UInt64, _ j: UInt64 = 0) -> Double {
    precondition(shape >= 1, "the method is for shapes from 1")
    let d = shape - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    for attempt in 0... {
      let bits = four(seed: seed, purpose: purpose, i, j, UInt64(attempt))
      let x = (-2 * RealFunctions.log(1 - unit(bits.x))).squareRoot() * RealFunctions.cos(2 * .pi * unit(bits.y))
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if RealFunctions.log(1 - unit(bits.z)) < 0.5 * x * x + d - d * v + d * RealFunctions.log(v) { return d * v }
    }
    preconditionFailure("one of the proposals is taken")
  }

  /// A draw of the Wishart distribution W(scale, degrees), as its Bartlett factor: the lower triangle A with
  /// `L A Aᵀ Lᵀ` distributed so where `L Lᵀ = scale`; order × order, row-major.
  ///
  /// M. S. Bartlett 1933, doi:10.1017/S0370164600044072: χ² on the diagonal, normals below.
  ///
  /// - Parameter degrees: At least `order + 1`, so that every χ² has two degrees or more.
  package static func bartlett(order: Int, degrees: Double, seed: UInt64, purpose: Purpose, _ i: UInt64) -> [Double] {
    precondition(degrees >= Double(order) + 1, "there are more degrees than dimensions")
    var factor = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      let shape = (degrees - Double(row)) / 2
      factor[row * order + row] =
        (2 * gamma(shape: shape, seed: seed, purpose: purpose, i, UInt64(row * order + row))).squareRoot()
      for column in 0..<row {
        factor[row * order + column] = normal(seed: seed, purpose: purpose, i, UInt64(row * order + column))
      }
    }
    return factor
  }
}
