internal import RecAlgebra

/// The kinds of numbers that a file of tensors may hold, by their names in it.
enum TensorKind: String {
  case float32 = "F32"
  case float64 = "F64"
  case int32 = "I32"
  case int64 = "I64"
  case uint8 = "U8"
  case bool = "BOOL"

  /// Bytes of one number.
  var width: Int {
    switch self {
    case .float32, .int32: 4
    case .float64, .int64: 8
    case .uint8, .bool: 1
    }
  }
}

extension Tensor {
  var kind: TensorKind {
    switch values {
    case .floats: .float32
    case .doubles: .float64
    case .int32s: .int32
    case .int64s, .ints: .int64
    case .bytes: .uint8
    case .flags: .bool
    }
  }

  /// Numbers that are saved.
  var count: Int { shape.reduce(1, *) }
}
