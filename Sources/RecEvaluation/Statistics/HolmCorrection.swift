/// Holm's correction of p-values for their number: the chance of any false one among them stays below the level.
///
/// S. Holm, A simple sequentially rejective multiple test procedure, 1979, jstor:4615733.
package enum HolmCorrection {
  /// The corrected values, in the order of the given ones.
  package static func corrected(_ values: [Double]) -> [Double] {
    var corrected = values
    var largest = 0.0
    for (place, index) in values.indices.sorted(by: { (values[$0], $0) < (values[$1], $1) }).enumerated() {
      largest = max(largest, min(1, values[index] * Double(values.count - place)))
      corrected[index] = largest
    }
    return corrected
  }
}
