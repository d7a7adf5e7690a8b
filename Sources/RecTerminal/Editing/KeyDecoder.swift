/// Turns the bytes of a terminal into characters and pastes.
///
/// Pastes come between `ESC [ 200 ~` and `ESC [ 201 ~` once the mode is on; what stands between them is text, so that a
/// Tab in it completes nothing. Bytes that are not UTF-8 become U+FFFD; C1 controls, which no key sends, are dropped,
/// because the editor uses them for its own messages.
struct KeyDecoder {
  enum Key: Equatable {
    case character(Unicode.Scalar)
    case paste(String)
  }

  private var bytes: [UInt8] = []
  private var start = 0
  /// How far an unfinished paste was searched for its end.
  private var scanned = 0

  private static let pasteStart: [UInt8] = Array("\u{1B}[200~".utf8)
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  /// Whether everything fed in was taken out.
  var isEmpty: Bool { start == bytes.count }

  mutating func feed(_ more: some Collection<UInt8>) {
    bytes.removeFirst(start)
    scanned = max(0, scanned - start)
    start = 0
    bytes.append(contentsOf: more)
  }

  mutating func removeAll() {
    self = KeyDecoder()
  }

  /// The next key; `nil` when there is none, or when its end has not arrived yet.
  ///
  /// `isComplete` says that no more bytes follow soon, so that a lone Escape is a key and not the start of a paste.
  mutating func next(isComplete: Bool) -> Key? {
    while start < bytes.count {
      let first = bytes[start]
      if first == 0x1B {
        let shared = min(bytes.count - start, Self.pasteStart.count)
        if bytes[start..<start + shared].elementsEqual(Self.pasteStart.prefix(shared)) {
          if shared == Self.pasteStart.count { return paste() }
          if !isComplete { return nil }
        }
      }
      if first < 0x80 {
        start += 1
        return .character(Unicode.Scalar(first))
      }
      guard let scalar = scalar(isComplete: isComplete) else { return nil }
      if !(0x80..<0xA0).contains(scalar.value) { return .character(scalar) }
    }
    return nil
  }

  /// The paste that starts here, once its end has arrived; a Ctrl-C in it gives the paste up.
  private mutating func paste() -> Key? {
    let body = start + Self.pasteStart.count
    var at = max(body, scanned)
    while at < bytes.count {
      if bytes[at] == 0x03 {
        start = at + 1
        return .character("\u{03}")
      }
      if bytes[at] == 0x1B {
        guard at + Self.pasteEnd.count <= bytes.count else { break }
        if bytes[at..<at + Self.pasteEnd.count].elementsEqual(Self.pasteEnd) {
          start = at + Self.pasteEnd.count
          return .paste(String(decoding: bytes[body..<at], as: UTF8.self))
        }
      }
      at += 1
    }
    scanned = at
    return nil
  }

  private mutating func scalar(isComplete: Bool) -> Unicode.Scalar? {
    let expected = bytes[start] >= 0xF0 ? 4 : bytes[start] >= 0xE0 ? 3 : 2
    let available = min(expected, bytes.count - start)
    let isBroken = bytes[start + 1..<start + available].contains { $0 & 0xC0 != 0x80 }
    if available < expected, !isBroken, !isComplete { return nil }
    var decoder = UTF8()
    var source = bytes[start..<start + available].makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&source), scalar.utf8.count == available {
      start += available
      return scalar
    }
    start += 1
    return "\u{FFFD}"
  }
}

extension Unicode.Scalar {
  fileprivate var utf8: String.UTF8View { String(self).utf8 }
}
