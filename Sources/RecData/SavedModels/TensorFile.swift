internal import RecAlgebra
internal import RecKernels

/// A file in the format *safetensors* (Hugging Face, version 0.4): a description in JSON, then numbers.
///
/// Eight bytes give the length of the description, little-endian. The description names each tensor with its kind, shape
/// and place, and holds texts under `__metadata__`; the numbers follow in the tensors' order without a gap. Ours are put
/// so that each tensor is aligned, and one of the texts is a digest of everything else.
struct TensorFile: Sendable {
  /// A tensor and what it is called in the file.
  struct NamedTensor: Sendable {
    let name: String
    let tensor: Tensor
  }

  /// One of the texts.
  struct Fact: Sendable, Equatable {
    let name: String
    let text: String
    init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// Where the numbers of a tensor stand.
  struct Entry: Sendable, Equatable {
    let name: String
    let kind: TensorKind
    let shape: [Int]
    /// Within the file.
    let bytes: Range<Int>
  }

  let path: String
  let facts: [Fact]
  let entries: [Entry]
  let contents: FileBytes
  private let places: [String: Int]

  init(path: String, facts: [Fact], entries: [Entry], contents: FileBytes) {
    self.path = path
    self.facts = facts
    self.entries = entries
    self.contents = contents
    places = Dictionary(entries.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
  }

  static let metadataKey = "__metadata__"
  static let digestKey = "digest"

  subscript(fact name: String) -> String? { facts.first { $0.name == name }?.text }

  subscript(tensor name: String) -> Entry? { places[name].map { entries[$0] } }

  /// The numbers of a tensor, copied; nil where it holds others.
  func numbers<Number: PlainNumber>(_ type: Number.Type, _ kind: TensorKind, of entry: Entry) -> [Number]? {
    entry.kind == kind ? contents.numbers(type, in: entry.bytes) : nil
  }

  /// A digest of texts, names, kinds, shapes and numbers, by which damage shows; not proof against intent.
  struct Digest {
    private var hash = XXHash64.Stream()

    init(_ facts: [Fact], _ entries: [Entry]) {
      for fact in facts where fact.name != TensorFile.digestKey {
        hash.update("\(fact.name)\u{0}\(fact.text)\u{0}")
      }
      for entry in entries {
        let shape = entry.shape.map(String.init).joined(separator: ",")
        hash.update("\(entry.name)\u{0}\(entry.kind.rawValue)\u{0}\(shape)\u{0}")
      }
    }

    mutating func update(_ bytes: RawSpan) { hash.update(bytes) }

    var text: String { hash.text }
  }
}
