import Testing

@testable import RecTerminal

@Suite struct `The key decoder` {
  /// The keys of some pieces of input, each piece fed when the keys of those before it are taken.
  private func keys(_ pieces: [[UInt8]]) -> [KeyDecoder.Key] {
    var decoder = KeyDecoder()
    var keys: [KeyDecoder.Key] = []
    for (index, piece) in pieces.enumerated() {
      decoder.feed(piece)
      while let key = decoder.next(isComplete: index == pieces.count - 1) { keys.append(key) }
    }
    return keys
  }

  @Test(arguments: ["abc", "é漢😀", "\u{1B}[A", "\u{1B}[200~one\ntwo\u{1B}[201~x", "\u{1B}", "\u{1B}[20"])
  func `gives the same keys however the bytes come`(text: String) {
    let bytes = Array(text.utf8)
    let whole = keys([bytes])
    #expect(!whole.isEmpty)
    for cut in 0...bytes.count {
      #expect(keys([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole)
    }
    #expect(keys(bytes.map { [$0] }) == whole)
  }

  @Test func `gives a paste as one`() {
    let paste = "\u{1B}[200~svd\tk=2\r\u{1B}[A\u{1B}[201~!"
    #expect(keys([Array(paste.utf8)]) == [.paste("svd\tk=2\r\u{1B}[A"), .character("!")])
  }

  @Test func `gives up an unfinished paste on Ctrl-C`() {
    #expect(keys([Array("\u{1B}[200~abc".utf8), [3], Array("x".utf8)]) == [.character("\u{3}"), .character("x")])
  }

  @Test(
    arguments: [
      ([0xFF, 0x61], ["\u{FFFD}", "a"]),
      ([0xC3, 0x28], ["\u{FFFD}", "("]),
      ([0xE2, 0x82], ["\u{FFFD}", "\u{FFFD}"]),
      ([0xC0, 0x80], ["\u{FFFD}", "\u{FFFD}"]),
      ([0xED, 0xA0, 0x80], ["\u{FFFD}", "\u{FFFD}", "\u{FFFD}"]),
      ([0xC2, 0x80, 0x61], ["a"]),
    ] as [([UInt8], [Unicode.Scalar])])
  func `survives bytes that are not UTF-8, and drops controls no key sends`(
    bytes: [UInt8], characters: [Unicode.Scalar]
  ) {
    #expect(keys([bytes]) == characters.map { .character($0) })
  }
}
