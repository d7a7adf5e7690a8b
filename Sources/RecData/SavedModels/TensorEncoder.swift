internal import RecAlgebra

/// Takes an `Encodable` value apart: arrays of numbers and `Tensor`s by name, everything else as JSON.
///
/// In the place of an array the JSON has `{"$tensor": NAME}`, and the name is where the array belongs, its coding path:
/// `recommender.itemFactors`. The arrays are held, not copied.
struct TensorEncoder {
  static let reference = "$tensor"

  private(set) var tensors: [TensorFile.NamedTensor] = []
  let json: JSONValue

  init(_ value: some Encodable) throws {
    let collected = CollectedTensors()
    let node = JSONNode()
    try NodeEncoder(node, [], collected).put(value)
    json = node.value
    tensors = collected.tensors
  }
}

/// The tensors so far. A class because all encoders of one value add to it.
private final class CollectedTensors {
  private(set) var tensors: [TensorFile.NamedTensor] = []
  private var names: Set<String> = [TensorFile.metadataKey]

  /// Adds a tensor under a name that is like the given one; the name.
  func add(_ tensor: Tensor, named wanted: String) -> String {
    var name = wanted
    while !names.insert(name).inserted { name += "_" }
    tensors.append(TensorFile.NamedTensor(name: name, tensor: tensor))
    return name
  }
}

/// A JSON value in the making. A class because containers write into it after they were handed out.
private final class JSONNode {
  private var scalar: JSONValue?
  private var members: [(key: String, node: JSONNode)]?
  private(set) var elements: [JSONNode]?

  func set(_ value: JSONValue) { scalar = value }
  func beginObject() { if members == nil { members = [] } }
  func beginArray() { if elements == nil { elements = [] } }

  /// The member of a key; what it held before is gone.
  func member(_ key: String) -> JSONNode {
    let node = JSONNode()
    members = (members ?? []).filter { $0.key != key } + [(key, node)]
    return node
  }

  func element() -> JSONNode {
    let node = JSONNode()
    elements?.append(node)
    return node
  }

  var value: JSONValue {
    if let members { return .object(members.map { JSONValue.Member($0.key, $0.node.value) }) }
    if let elements { return .array(elements.map(\.value)) }
    return scalar ?? .object([])
  }
}

/// What `Codable` types write to: one place of the JSON.
private struct NodeEncoder: Encoder, SingleValueEncodingContainer {
  let node: JSONNode
  let codingPath: [any CodingKey]
  let collected: CollectedTensors
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ node: JSONNode, _ codingPath: [any CodingKey], _ collected: CollectedTensors) {
    self.node = node
    self.codingPath = codingPath
    self.collected = collected
  }

  func member(_ key: any CodingKey) -> NodeEncoder {
    NodeEncoder(node.member(key.stringValue), codingPath + [key], collected)
  }

  func element() -> NodeEncoder {
    node.beginArray()
    let place = node.elements?.count ?? 0
    return NodeEncoder(node.element(), codingPath + [PlaceKey(place)], collected)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    node.beginObject()
    return KeyedEncodingContainer(NodeKeyedEncoder<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.beginArray()
    return NodeUnkeyedEncoder(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func put<T: Encodable>(_ value: T) throws {
    if let tensor = Tensor(holding: value) {
      let name = collected.add(tensor, named: codingPath.map(\.stringValue).joined(separator: "."))
      node.set(.object([JSONValue.Member(TensorEncoder.reference, .string(name))]))
    } else {
      try value.encode(to: self)
    }
  }

  func encodeNil() { node.set(.null) }
  func encode(_ value: Bool) { node.set(.flag(value)) }
  func encode(_ value: String) { node.set(.string(value)) }
  func encode(_ value: Double) { node.set(Self.number(value, value.description)) }
  func encode(_ value: Float) { node.set(Self.number(value, value.description)) }
  func encode(_ value: Int) { node.set(.number(String(value))) }
  func encode(_ value: Int8) { node.set(.number(String(value))) }
  func encode(_ value: Int16) { node.set(.number(String(value))) }
  func encode(_ value: Int32) { node.set(.number(String(value))) }
  func encode(_ value: Int64) { node.set(.number(String(value))) }
  func encode(_ value: UInt) { node.set(.number(String(value))) }
  func encode(_ value: UInt8) { node.set(.number(String(value))) }
  func encode(_ value: UInt16) { node.set(.number(String(value))) }
  func encode(_ value: UInt32) { node.set(.number(String(value))) }
  func encode(_ value: UInt64) { node.set(.number(String(value))) }
  func encode<T: Encodable>(_ value: T) throws { try put(value) }

  /// The shortest text that reads back as the same number; JSON has no word for what is not finite.
  private static func number(_ value: some FloatingPoint, _ text: String) -> JSONValue {
    value.isFinite ? .number(text) : .string(text)
  }
}

private struct NodeKeyedEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: NodeEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }

  func encodeNil(forKey key: Key) { encoder.member(key).encodeNil() }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try encoder.member(key).put(value) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { encoder.member(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder.member(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { encoder.member(PlaceKey("super")) }
  func superEncoder(forKey key: Key) -> any Encoder { encoder.member(key) }
}

private struct NodeUnkeyedEncoder: UnkeyedEncodingContainer {
  let encoder: NodeEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.node.elements?.count ?? 0 }

  func encodeNil() { encoder.element().encodeNil() }
  func encode<T: Encodable>(_ value: T) throws { try encoder.element().put(value) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    encoder.element().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.element().unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder.element() }
}
