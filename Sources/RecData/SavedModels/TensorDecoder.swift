internal import RecAlgebra

/// Puts a `Decodable` value together from JSON and the tensors that it refers to; the counterpart of `TensorEncoder`.
///
/// - Throws: `DecodingError` where something is missing, is something else, or does not fit.
struct TensorDecoder: Decoder {
  let json: JSONValue
  let file: TensorFile
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ json: JSONValue, _ file: TensorFile, at codingPath: [any CodingKey] = []) {
    self.json = json
    self.file = file
    self.codingPath = codingPath
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = json else { throw corrupted("an object was expected") }
    let values = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
    return KeyedDecodingContainer(TensorKeyedDecoder<Key>(decoder: self, members: values))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = json else { throw corrupted("an array was expected") }
    return TensorUnkeyedDecoder(decoder: self, elements: elements)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func value<T: Decodable>(_ type: T.Type) throws -> T {
    guard TensorFile.isTensor(type) else { return try T(from: self) }
    guard let name = json[TensorEncoder.reference]?.string else { throw corrupted("a tensor was expected") }
    guard let entry = file[tensor: name] else { throw corrupted("there is no tensor '\(name)'") }
    guard let value = file.value(type, of: entry) else {
      throw corrupted("the tensor '\(name)' holds \(entry.kind.rawValue) in \(entry.shape.count) dimensions")
    }
    return value
  }
}

extension TensorDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { json == .null }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .flag(let value) = json else { throw corrupted("true or false was expected") }
    return value
  }

  func decode(_ type: String.Type) throws -> String {
    guard let text = json.string else { throw corrupted("a text was expected") }
    return text
  }

  func decode(_ type: Double.Type) throws -> Double { try number() }
  func decode(_ type: Float.Type) throws -> Float { try number() }
  func decode(_ type: Int.Type) throws -> Int { try number() }
  func decode(_ type: Int8.Type) throws -> Int8 { try number() }
  func decode(_ type: Int16.Type) throws -> Int16 { try number() }
  func decode(_ type: Int32.Type) throws -> Int32 { try number() }
  func decode(_ type: Int64.Type) throws -> Int64 { try number() }
  func decode(_ type: UInt.Type) throws -> UInt { try number() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try number() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try number() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try number() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try number() }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try value(type) }

  private func number<Number: LosslessStringConvertible>() throws -> Number {
    let text: String? =
      switch json {
      case .number(let text): text
      // What is not finite is written as a text.
      case .string(let text) where Number.self == Double.self || Number.self == Float.self: text
      default: nil
      }
    guard let number = text.flatMap({ Number($0) }) else { throw corrupted("a number (\(Number.self)) was expected") }
    return number
  }
}

private struct TensorKeyedDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: TensorDecoder
  let members: [String: JSONValue]
  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { members.keys.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }

  func member(_ key: any CodingKey) throws -> TensorDecoder {
    guard let json = members[key.stringValue] else { throw decoder.corrupted("'\(key.stringValue)' is missing") }
    return TensorDecoder(json, decoder.file, at: codingPath + [key])
  }

  func decodeNil(forKey key: Key) throws -> Bool { try member(key).decodeNil() }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try member(key).value(type) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try member(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try member(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try member(PlaceKey("super")) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }
}

private struct TensorUnkeyedDecoder: UnkeyedDecodingContainer {
  let decoder: TensorDecoder
  let elements: [JSONValue]
  private(set) var currentIndex = 0

  init(decoder: TensorDecoder, elements: [JSONValue]) {
    self.decoder = decoder
    self.elements = elements
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  private mutating func next() throws -> TensorDecoder {
    guard !isAtEnd else { throw decoder.corrupted("more elements were expected") }
    defer { currentIndex += 1 }
    return TensorDecoder(elements[currentIndex], decoder.file, at: codingPath + [PlaceKey(currentIndex)])
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, elements[currentIndex] == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().value(type) }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> { try next().container(keyedBy: type) }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
  mutating func superDecoder() throws -> any Decoder { try next() }
}
