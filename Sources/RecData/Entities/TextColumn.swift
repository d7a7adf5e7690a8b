/// Many short texts in one run of UTF-8 bytes: eight bytes and the text for each, no object.
package struct TextColumn: Sendable, Equatable {
  /// The texts, one behind the other.
  package private(set) var bytes: [UInt8]
  /// Text `i` is `bytes[offsets[i]..<offsets[i + 1]]`; (count + 1,).
  package private(set) var offsets: [Int]

  package init() {
    bytes = []
    offsets = [0]
  }

  package init(_ texts: some Sequence<String>) {
    self.init()
    for text in texts { append(text) }
  }

  /// Takes texts that are laid out already; `offsets` ascend from 0 to `bytes.count`, the bytes are valid UTF-8.
  package init(bytes: [UInt8], offsets: [Int]) {
    precondition(offsets.first == 0 && offsets.last == bytes.count, "offsets span the bytes")
    self.bytes = bytes
    self.offsets = offsets
  }

  package var count: Int { offsets.count - 1 }

  package mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    offsets.append(bytes.count)
  }

  package mutating func append(utf8 text: some Collection<UInt8>) {
    bytes.append(contentsOf: text)
    offsets.append(bytes.count)
  }

  package mutating func append(span text: Span<UInt8>) {
    for place in 0..<text.count { bytes.append(text[place]) }
    offsets.append(bytes.count)
  }

  package subscript(index: Int) -> String { String(decoding: utf8(index), as: UTF8.self) }

  /// The bytes of one text, not copied.
  package func utf8(_ index: Int) -> ArraySlice<UInt8> { bytes[offsets[index]..<offsets[index + 1]] }
}
