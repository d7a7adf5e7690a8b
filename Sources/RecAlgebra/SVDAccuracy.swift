/// How exact a truncated decomposition has to be.
package enum SVDAccuracy: Sendable, Equatable {
  /// Each singular value's estimated relative error is at most so much.
  case relativeError(Double)
  /// A few blocks of a Krylov space, untested: values to some percent, in a fraction of the time.
  case fast

  /// The relative error that is asked for; at least what rounding leaves.
  var tolerance: Double {
    switch self {
    case .relativeError(let error): max(error, 1e-14)
    case .fast: 0.01
    }
  }

  /// Values below this share of the largest are taken for zero.
  var leastShare: Double {
    switch self {
    case .relativeError: 0x1p-26
    case .fast: 1e-5
    }
  }
}
