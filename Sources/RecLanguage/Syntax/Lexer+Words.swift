extension Lexer {
  /// Whether a bare word ends at an offset: white space, `;`, `,`, `{`, `}` or the end of the text.
  func isWordEnd(at offset: Int) -> Bool {
    guard let byte = byte(at: offset) else { return true }
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "}"): return true
    default: return isBlank(byte) || continuationEnd(at: offset) != nil
    }
  }

  /// The end of the bare word at an offset, its `$names` not looked at.
  func bareWordEnd(from start: Int) -> Int {
    var end = start
    while !isWordEnd(at: end) { end += 1 }
    return end
  }

  /// word = bare text | "double-quoted" | 'single-quoted', the last two with `:number` behind them.
  mutating func word() throws(Diagnostic) -> Word {
    let start = offset
    guard let first = current, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") else {
      try refuseCurlyQuote()
      let pieces = try barePieces()
      return Word(pieces: pieces, quoting: .bare, range: SourceRange(start, offset))
    }
    var pieces = try quotedPieces()
    if current == UInt8(ascii: ":") {
      pieces += try barePieces()
    } else if !isWordEnd(at: offset) {
      throw Diagnostic(
        "text-after-quote", "text follows directly after a closing quote",
        at: SourceRange(offset, bareWordEnd(from: offset)),
        hint: #"a space is missing, or \" for a quote inside the quotes"#)
    }
    return Word(pieces: pieces, quoting: .quoted, range: SourceRange(start, offset))
  }

  /// Text up to the end of the word, with `$name` and `${name.field}`.
  private mutating func barePieces() throws(Diagnostic) -> [Word.Piece] {
    var pieces: [Word.Piece] = []
    var start = offset
    while !isWordEnd(at: offset) {
      guard bytes[offset] == UInt8(ascii: "$"), startsReference(at: offset) else {
        offset += 1
        continue
      }
      appendText(from: start, to: &pieces)
      pieces.append(try reference(isQuoted: false))
      start = offset
    }
    appendText(from: start, to: &pieces)
    return pieces
  }

  private func appendText(from start: Int, isQuoted: Bool = false, to pieces: inout [Word.Piece]) {
    guard offset > start else { return }
    let range = SourceRange(start, offset)
    pieces.append(Word.Piece(content: .text(text(start, offset)), range: range, isQuoted: isQuoted))
  }

  private func startsReference(at offset: Int) -> Bool {
    byte(at: offset + 1) == UInt8(ascii: "{") || nameEnd(from: offset + 1) != nil
  }

  /// `$name` | `${name.field}`; the cursor stands at `$`, and stays there when the rest is wrong.
  private mutating func reference(isQuoted: Bool) throws(Diagnostic) -> Word.Piece {
    let start = offset
    let reference: Reference
    if byte(at: start + 1) == UInt8(ascii: "{") {
      do throws(Diagnostic) {
        reference = try bracedReference()
      } catch {
        offset = start
        throw error
      }
    } else {
      let end = nameEnd(from: start + 1) ?? start + 1
      offset = end
      let range = SourceRange(start + 1, end)
      reference = Reference(name: Name(text(start + 1, end), range), fields: [], range: range)
    }
    return Word.Piece(content: .reference(reference), range: SourceRange(start, offset), isQuoted: isQuoted)
  }

  /// `${name.field}`, blanks allowed inside the braces.
  private mutating func bracedReference() throws(Diagnostic) -> Reference {
    let problem = Diagnostic(
      "malformed-reference", "'${' needs a name and then '}'", at: SourceRange(offset, offset + 2),
      hint: "${name} or ${name.field}")
    offset += 2
    while let byte = current, isBlank(byte) { offset += 1 }
    guard nameEnd(from: offset) != nil else { throw problem }
    let reference = try nameWithFields()
    while let byte = current, isBlank(byte) { offset += 1 }
    guard current == UInt8(ascii: "}") else { throw problem }
    offset += 1
    return reference
  }

  /// reference = NAME { "." ( field | string ) }; the cursor stands at a NAME.
  mutating func nameWithFields() throws(Diagnostic) -> Reference {
    let start = offset
    offset = nameEnd(from: start) ?? start
    let name = Name(text(start, offset), SourceRange(start, offset))
    var fields: [Name] = []
    while current == UInt8(ascii: ".") {
      let dot = offset
      offset += 1
      if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
        let start = offset
        let word = Word(pieces: try quotedPieces(), quoting: .quoted, range: SourceRange(start, offset))
        guard let text = word.literalText else {
          throw Diagnostic(
            "malformed-field", "a field's name cannot be replaced by a value", at: word.range)
        }
        fields.append(Name(text, word.range))
      } else if let end = fieldEnd(from: offset) {
        fields.append(Name(text(offset, end), SourceRange(offset, end)))
        offset = end
      } else {
        throw Diagnostic(
          "malformed-field", "a field's name must follow '.'", at: SourceRange(dot, dot + 1),
          hint: #"such as it.svd.rmse or it."my model".rmse"#)
      }
    }
    return Reference(name: name, fields: fields, range: SourceRange(start, offset))
  }

  /// A string, which ends on its line; the cursor stands at its quote.
  mutating func quotedPieces() throws(Diagnostic) -> [Word.Piece] {
    bytes[offset] == UInt8(ascii: "'") ? [try singleQuoted()] : try doubleQuoted()
  }

  /// 'text', in which `''` is one `'` and nothing else is special.
  private mutating func singleQuoted() throws(Diagnostic) -> Word.Piece {
    let start = offset
    var content: [UInt8] = []
    offset += 1
    while let byte = current, byte != UInt8(ascii: "\n") {
      offset += 1
      if byte == UInt8(ascii: "'") {
        guard current == UInt8(ascii: "'") else {
          return textPiece(content, from: start)
        }
        offset += 1
      }
      content.append(byte)
    }
    throw unterminated(from: start, quote: "'")
  }

  /// "text", in which `\" \\ \$ \t \n` and `${name.field}` are replaced.
  private mutating func doubleQuoted() throws(Diagnostic) -> [Word.Piece] {
    let start = offset
    var pieces: [Word.Piece] = []
    var content: [UInt8] = []
    var contentStart = start
    offset += 1
    while let byte = current, byte != UInt8(ascii: "\n") {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        if !content.isEmpty || pieces.isEmpty { pieces.append(textPiece(content, from: contentStart)) }
        return pieces
      case UInt8(ascii: "\\"):
        content.append(try escape())
      case UInt8(ascii: "$") where self.byte(at: offset + 1) == UInt8(ascii: "{"):
        if !content.isEmpty { pieces.append(textPiece(content, from: contentStart)) }
        content = []
        pieces.append(try reference(isQuoted: true))
        contentStart = offset
      default:
        content.append(byte)
        offset += 1
      }
    }
    throw unterminated(from: start, quote: "\"")
  }

  private func textPiece(_ content: [UInt8], from start: Int) -> Word.Piece {
    let text = String(decoding: content, as: UTF8.self)
    return Word.Piece(content: .text(text), range: SourceRange(start, offset), isQuoted: true)
  }

  private mutating func escape() throws(Diagnostic) -> UInt8 {
    let start = offset
    offset += 2
    switch byte(at: start + 1) {
    case UInt8(ascii: "\""): return UInt8(ascii: "\"")
    case UInt8(ascii: "\\"): return UInt8(ascii: "\\")
    case UInt8(ascii: "$"): return UInt8(ascii: "$")
    case UInt8(ascii: "t"): return UInt8(ascii: "\t")
    case UInt8(ascii: "n"): return UInt8(ascii: "\n")
    case nil, UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      offset = start + 1
      throw unterminated(from: start, quote: "\"")
    default:
      let end = min(start + 1 + (scalar(at: start + 1)?.length ?? 1), bytes.count)
      throw Diagnostic(
        "unknown-escape", "no escape \(Diagnostic.quoted(text(start, end))) in double quotes",
        at: SourceRange(start, end), hint: #"\\ for a backslash, or single quotes"#)
    }
  }

  private func unterminated(from start: Int, quote: Character) -> Diagnostic {
    Diagnostic(
      "unterminated-string", "a string has no closing quote on its line",
      at: SourceRange(start, max(start + 1, textEnd(from: start))), hint: "add a closing \(quote)")
  }

  /// “Typographic” quotes come with pasted text and would make words of a title's parts.
  private func refuseCurlyQuote() throws(Diagnostic) {
    guard let first = current, first >= 0x80, let scalar = scalar(at: offset) else { return }
    guard "“”„‘’«»".unicodeScalars.contains(scalar.value) else { return }
    throw Diagnostic(
      "curly-quote", "\(Diagnostic.quoted(String(scalar.value))) does not open a string",
      at: SourceRange(offset, offset + scalar.length), hint: "use the straight quote \"")
  }

  /// The rest of the line as one word: up to a newline, `;`, `}` or a comment, with its quotes left in.
  mutating func restOfLine() throws(Diagnostic) -> Word? {
    let start = offset
    var pieces: [Word.Piece] = []
    var pieceStart = start
    var end = start
    var opensWord = true
    while let byte = current {
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "}") { break }
      if byte == UInt8(ascii: "#"), opensWord { break }
      if let next = continuationEnd(at: offset) {
        appendText(from: pieceStart, to: &pieces)
        pieces.append(Word.Piece(content: .text(" "), range: SourceRange(offset, next), isQuoted: false))
        if next == bytes.count { endsOpen = true }
        offset = next
        pieceStart = next
        opensWord = true
        continue
      }
      if opensWord, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        try lineString(&pieces, &pieceStart)
        end = offset
      } else if byte == UInt8(ascii: "$"), startsReference(at: offset) {
        appendText(from: pieceStart, to: &pieces)
        pieces.append(try reference(isQuoted: false))
        pieceStart = offset
        end = offset
      } else {
        offset += 1
        if !isBlank(byte) { end = offset }
      }
      opensWord = isBlank(byte) || byte == UInt8(ascii: "(") || "<>=~!".utf8.contains(byte)
    }
    let stop = offset
    offset = max(end, pieceStart)
    appendText(from: pieceStart, to: &pieces)
    offset = stop
    guard end > start else { return nil }
    return Word(pieces: pieces, quoting: .line, range: SourceRange(start, end))
  }

  /// Passes over a string in the rest of a line, splitting the pieces at its `${…}`.
  private mutating func lineString(_ pieces: inout [Word.Piece], _ pieceStart: inout Int) throws(Diagnostic) {
    let start = offset
    let quote = bytes[offset]
    offset += 1
    while let byte = current, byte != UInt8(ascii: "\n") {
      if byte == quote {
        offset += 1
        guard quote == UInt8(ascii: "'"), current == quote else { return }
        offset += 1
      } else if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "\\") {
        offset = min(offset + 2, lineEnd(from: offset))
      } else if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "$"), self.byte(at: offset + 1) == UInt8(ascii: "{") {
        appendText(from: pieceStart, isQuoted: true, to: &pieces)
        pieces.append(try reference(isQuoted: true))
        pieceStart = offset
      } else {
        offset += 1
      }
    }
    throw unterminated(from: start, quote: Character(Unicode.Scalar(quote)))
  }
}
