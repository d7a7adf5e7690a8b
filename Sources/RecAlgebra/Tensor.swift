/// Numbers in a shape, row-major: the form in which models are saved, under a name that tells where they belong.
///
/// Whatever holds many numbers codes itself as a tensor, or as arrays of `Float`, `Double`, `Int32`, `Int64`, `Int`,
/// `UInt8` or `Bool`, which are tensors of one dimension.
package struct Tensor: Sendable, Equatable, Codable {
  package enum Values: Sendable, Equatable, Codable {
    case floats([Float])
    case doubles([Double])
    case int32s([Int32])
    case int64s([Int64])
    /// Written as 64-bit integers, and read as `int64s`.
    case ints([Int])
    case bytes([UInt8])
    case flags([Bool])
  }

  package let shape: [Int]
  /// Elements from one row of the last dimension to the next, at least its length; what lies between is not saved.
  package let stride: Int
  package let values: Values

  /// - Parameter stride: nil where the rows are not padded.
  package init(shape: [Int], stride: Int? = nil, _ values: Values) {
    self.shape = shape
    self.stride = stride ?? shape.last ?? 1
    self.values = values
  }
}

extension Decoder {
  /// The numbers of a matrix of Float, with its shape.
  ///
  /// - Throws: `DecodingError` where the tensor has another number of dimensions or other elements.
  package func floatMatrix() throws -> (rowCount: Int, columnCount: Int, values: [Float]) {
    let tensor = try singleValueContainer().decode(Tensor.self)
    guard tensor.shape.count == 2, case .floats(let values) = tensor.values,
      case let (count, overflow) = tensor.shape[0].multipliedReportingOverflow(by: tensor.shape[1]),
      !overflow, tensor.shape.allSatisfy({ $0 >= 0 }), count == values.count
    else { throw corrupted("a matrix of float32 was expected") }
    return (tensor.shape[0], tensor.shape[1], values)
  }

  /// The error for what was read and cannot be, with a reason.
  package func corrupted(_ reason: String) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: reason))
  }
}
