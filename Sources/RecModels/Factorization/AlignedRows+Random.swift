internal import RecAlgebra
package import RecKernels

extension AlignedRows {
  /// Independent numbers between 0, excluded, and a bound, included, each a function of (seed, purpose, row, column).
  package static func uniform(
    rowCount: Int, columnCount: Int, below bound: Double, seed: UInt64, purpose: String, workers: Workers
  ) -> AlignedRows {
    let purpose = CounterRandom.Purpose(purpose)
    var matrix = AlignedRows(rowCount: rowCount, columnCount: columnCount)
    matrix.fill(workers) { row, values in
      for first in Swift.stride(from: 0, to: values.count, by: 4) {
        let bits = CounterRandom.four(seed: seed, purpose: purpose, UInt64(row), UInt64(first / 4))
        for place in first..<min(first + 4, values.count) {
          values[place] = Float(bound * (1 - CounterRandom.unit(bits[place - first])))
        }
      }
    }
    return matrix
  }

  /// Independent numbers of the normal distribution with mean 0, each a function of (seed, purpose, row, column).
  package static func normal(
    rowCount: Int, columnCount: Int, deviation: Double, seed: UInt64, purpose: String, workers: Workers
  ) -> AlignedRows {
    let purpose = CounterRandom.Purpose(purpose)
    var matrix = AlignedRows(rowCount: rowCount, columnCount: columnCount)
    matrix.fill(workers) { row, values in
      // Four uniform numbers come for the price of one, and make four normal ones (Box & Muller 1958).
      for first in Swift.stride(from: 0, to: values.count, by: 4) {
        let bits = CounterRandom.four(seed: seed, purpose: purpose, UInt64(row), UInt64(first / 4))
        for half in 0..<2 {
          let radius = deviation * (-2 * RealFunctions.log(1 - CounterRandom.unit(bits[2 * half]))).squareRoot()
          let angle = 2 * .pi * CounterRandom.unit(bits[2 * half + 1])
          let place = first + 2 * half
          if place < values.count { values[place] = Float(radius * RealFunctions.cos(angle)) }
          if place + 1 < values.count { values[place + 1] = Float(radius * RealFunctions.sin(angle)) }
        }
      }
    }
    return matrix
  }
}
