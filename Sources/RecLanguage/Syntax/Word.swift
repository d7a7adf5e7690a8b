/// A word of a command: raw text whose slot decides later what it is.
package struct Word: Sendable, Equatable {
  package enum Quoting: Sendable {
    case bare
    /// In double or single quotes; a bare tail such as `:4` may follow.
    case quoted
    /// The rest of a line, with its own quotes left in.
    case line
  }

  package struct Piece: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
      /// Text with its escapes resolved.
      case text(String)
      /// `$name` or `${name.field}`.
      case reference(Reference)
    }

    package var content: Content
    package var range: SourceRange
    package var isQuoted: Bool
  }

  package var pieces: [Piece]
  package var quoting: Quoting
  /// With the quotes.
  package var range: SourceRange

  package init(pieces: [Piece], quoting: Quoting, range: SourceRange) {
    self.pieces = pieces
    self.quoting = quoting
    self.range = range
  }

  /// A bare word that is just text, for commands that a program builds.
  package init(_ text: String, at range: SourceRange) {
    self.init(
      pieces: [Piece(content: .text(text), range: range, isQuoted: false)], quoting: .bare, range: range)
  }

  /// The names that must be replaced before the text is known.
  package var references: [Reference] {
    pieces.compactMap { if case .reference(let reference) = $0.content { reference } else { nil } }
  }

  /// The text, where it holds nothing that must be replaced.
  package var literalText: String? {
    var text = ""
    for piece in pieces {
      guard case .text(let part) = piece.content else { return nil }
      text += part
    }
    return text
  }

  /// The text with every `$name` replaced.
  ///
  /// In the rest of a line, which has quotes of its own, a replacement is quoted where it would not stay one word.
  package func text(replacing resolve: (Reference) throws(Diagnostic) -> String) throws(Diagnostic) -> String {
    var text = ""
    for piece in pieces {
      switch piece.content {
      case .text(let part): text += part
      case .reference(let reference):
        let value = try resolve(reference)
        text += quoting == .line ? Word.protected(value, isQuoted: piece.isQuoted) : value
      }
    }
    return text
  }

  /// The offset in the source at which the text stands letter for letter; nil with escapes or replacements.
  ///
  /// A place in the text plus this is a place in the source.
  package var textOffset: Int? {
    guard pieces.count == 1, case .text(let text) = pieces[0].content else { return nil }
    let margin = quoting == .quoted ? 1 : 0
    return text.utf8.count == range.count - 2 * margin ? range.start + margin : nil
  }

  /// The thing and its weight in `svd:0.8`, `"Heat (1995)":4` or `svd:$w`; nil where there is no `:number` at the end.
  package var pair: (thing: Word, weight: Word)? {
    var weightPieces: [Piece] = []
    for index in pieces.indices.reversed() {
      let piece = pieces[index]
      guard !piece.isQuoted else { return nil }
      guard case .text(let text) = piece.content, let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else {
        weightPieces.insert(piece, at: 0)
        continue
      }
      let head = String(text[..<colon])
      let tail = String(text[text.utf8.index(after: colon)...])
      let split = piece.range.end - min(tail.utf8.count, piece.range.count)
      if !tail.isEmpty {
        let range = SourceRange(split, piece.range.end)
        weightPieces.insert(Piece(content: .text(tail), range: range, isQuoted: false), at: 0)
      }
      var thingPieces = Array(pieces[..<index])
      let headEnd = max(piece.range.start, split - 1)
      if !head.isEmpty {
        let range = SourceRange(piece.range.start, headEnd)
        thingPieces.append(Piece(content: .text(head), range: range, isQuoted: false))
      }
      let weight = Word(pieces: weightPieces, quoting: .bare, range: SourceRange(split, range.end))
      let thing = Word(pieces: thingPieces, quoting: quoting, range: SourceRange(range.start, headEnd))
      if thingPieces.isEmpty || weightPieces.isEmpty { return nil }
      if let text = weight.literalText, (try? Literal.number(text)) == nil { return nil }
      return (thing, weight)
    }
    return nil
  }

  private static func protected(_ value: String, isQuoted: Bool) -> String {
    let isPlain = value.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "." || $0 == "_" || $0 == "-"
    }
    if isPlain, !value.isEmpty { return value }
    var escaped = ""
    for character in value {
      if character == "\"" || character == "\\" { escaped += "\\" }
      escaped.append(character)
    }
    return isQuoted ? escaped : "\"" + escaped + "\""
  }
}
