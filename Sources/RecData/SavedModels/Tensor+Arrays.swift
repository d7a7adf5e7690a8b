internal import RecAlgebra
internal import RecKernels

extension Tensor {
  /// A tensor, or an array of numbers as one; nil for any other value.
  init?<T>(holding value: T) {
    // An empty array of anything can be cast to an array of anything: the type itself is asked.
    switch value {
    case let tensor as Tensor: self = tensor
    case let array as [Float] where T.self == [Float].self: self.init(shape: [array.count], .floats(array))
    case let array as [Double] where T.self == [Double].self: self.init(shape: [array.count], .doubles(array))
    case let array as [Int32] where T.self == [Int32].self: self.init(shape: [array.count], .int32s(array))
    case let array as [Int64] where T.self == [Int64].self: self.init(shape: [array.count], .int64s(array))
    case let array as [Int] where T.self == [Int].self: self.init(shape: [array.count], .ints(array))
    case let array as [UInt8] where T.self == [UInt8].self: self.init(shape: [array.count], .bytes(array))
    case let array as [Bool] where T.self == [Bool].self: self.init(shape: [array.count], .flags(array))
    default: return nil
    }
  }
}

extension TensorFile {
  /// Whether values of a type stand in a tensor.
  static func isTensor(_ type: any Any.Type) -> Bool {
    type == Tensor.self || type == [Float].self || type == [Double].self || type == [Int32].self
      || type == [Int64].self || type == [Int].self || type == [UInt8].self || type == [Bool].self
  }

  /// What a tensor holds, as a value of a type of which `isTensor`; nil where it holds another kind or shape.
  func value<T>(_ type: T.Type, of entry: Entry) -> T? {
    if type == Tensor.self { return tensor(entry) as? T }
    if entry.shape.count != 1 { return nil }
    return switch type {
    case is [Float].Type: numbers(Float.self, .float32, of: entry) as? T
    case is [Double].Type: numbers(Double.self, .float64, of: entry) as? T
    case is [Int32].Type: numbers(Int32.self, .int32, of: entry) as? T
    case is [Int64].Type: numbers(Int64.self, .int64, of: entry) as? T
    case is [Int].Type: numbers(Int.self, .int64, of: entry) as? T
    case is [UInt8].Type: numbers(UInt8.self, .uint8, of: entry) as? T
    case is [Bool].Type: numbers(UInt8.self, .bool, of: entry)?.map({ $0 != 0 }) as? T
    default: nil
    }
  }

  private func tensor(_ entry: Entry) -> Tensor {
    let bytes = entry.bytes
    let values: Tensor.Values =
      switch entry.kind {
      case .float32: .floats(contents.numbers(Float.self, in: bytes))
      case .float64: .doubles(contents.numbers(Double.self, in: bytes))
      case .int32: .int32s(contents.numbers(Int32.self, in: bytes))
      case .int64: .int64s(contents.numbers(Int64.self, in: bytes))
      case .uint8: .bytes(contents.numbers(UInt8.self, in: bytes))
      case .bool: .flags(contents.numbers(UInt8.self, in: bytes).map { $0 != 0 })
      }
    return Tensor(shape: entry.shape, values)
  }
}
