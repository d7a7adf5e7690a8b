/// The tokens of one text, one behind the other with a space between, so that an n-gram is one run of bytes.
package struct TokenBuffer: Sendable {
  /// UTF-8; `token1 token2 token3`.
  package private(set) var bytes: [UInt8] = []
  private var starts: [Int] = []
  private var ends: [Int] = []

  package init() {}

  package var count: Int { starts.count }

  /// Where a token stands in `bytes`.
  package subscript(place: Int) -> Range<Int> { starts[place]..<ends[place] }

  /// Where the `length` tokens from a place on stand in `bytes`, with a space between them.
  package func ngram(at place: Int, length: Int) -> Range<Int> { starts[place]..<ends[place + length - 1] }

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Adds a token unless it is a stop word, as its stem if that is wanted.
  mutating func append(_ token: Span<UInt8>, stopWords: StopWords, stems: Bool) {
    if stopWords.contains(token) { return }
    if !starts.isEmpty { bytes.append(UInt8(ascii: " ")) }
    let start = bytes.count
    for place in token.indices { bytes.append(token[place]) }
    if stems { PorterStemmer.stem(&bytes, from: start) }
    starts.append(start)
    ends.append(bytes.count)
  }
}
