import RecLanguage
import RecNotebook

/// How letters of prose look; styles add up.
struct TextStyle: OptionSet, Hashable {
  let rawValue: Int

  static let strong = TextStyle(rawValue: 1)
  static let faint = TextStyle(rawValue: 2)
  static let emphasis = TextStyle(rawValue: 4)
  static let link = TextStyle(rawValue: 8)
  static let code = TextStyle(rawValue: 16)

  private static let codes: [(style: TextStyle, code: String)] = [
    (.strong, "1"), (.faint, "2"), (.emphasis, "3"), (.link, "4"), (.code, "36"),
  ]

  /// The parameters of its escape, such as `1;3`.
  var parameters: String { Self.codes.filter { contains($0.style) }.map(\.code).joined(separator: ";") }
}

/// Characters, each with its style, that are broken into lines by the cells they take.
struct StyledText {
  struct Cell {
    let character: Character
    let style: TextStyle
    var width: Int { displayWidth(of: character) }
  }

  private(set) var cells: [Cell] = []

  var width: Int { cells.reduce(0) { $0 + $1.width } }

  init() {}

  /// A text without marks of its own.
  init(_ text: String, _ style: TextStyle = []) {
    append(text, style)
  }

  /// Text of Markdown; without colour its marks stand as they are written, so that nothing is lost.
  init(_ spans: [MarkdownSpan], _ style: TextStyle = [], color: Bool) {
    append(spans, style, color)
  }

  /// This text with another behind it.
  func appending(_ other: StyledText) -> StyledText {
    var text = self
    text.cells += other.cells
    return text
  }

  private mutating func append(_ text: String, _ style: TextStyle) {
    cells += text.onOneLine.map { Cell(character: $0, style: style) }
  }

  private mutating func append(_ spans: [MarkdownSpan], _ style: TextStyle, _ color: Bool) {
    for span in spans {
      switch span {
      case .text(let text):
        append(text, style)
      case .code(let text):
        let tick = color ? "" : text.contains("`") ? "``" : "`"
        append(tick + text + tick, style.union(.code))
      case .emphasis(let inner):
        append(inner, style.union(.emphasis), mark: "*", color)
      case .strong(let inner):
        append(inner, style.union(.strong), mark: "**", color)
      case .link(let inner, let address):
        append(inner, style.union(.link), color)
        if !address.isEmpty, address != inner.plainText { append(" (\(address))", style.union(.faint)) }
      }
    }
  }

  private mutating func append(_ spans: [MarkdownSpan], _ style: TextStyle, mark: String, _ color: Bool) {
    if !color { append(mark, style) }
    append(spans, style, color)
    if !color { append(mark, style) }
  }

  /// The lines that the text takes within a width: broken at spaces and between wide characters, a longer word anywhere.
  func wrapped(to width: Int) -> [StyledText] {
    var lines: [StyledText] = []
    var line = StyledText()
    var used = 0
    var space: Cell?
    for word in words {
      if word.isSpace {
        space = word.cells.first
        continue
      }
      let gap = line.cells.isEmpty ? nil : space
      space = nil
      let length = word.cells.reduce(0) { $0 + $1.width }
      if used + length + (gap == nil ? 0 : 1) <= width {
        if let gap {
          line.cells.append(gap)
          used += 1
        }
      } else if !line.cells.isEmpty {
        lines.append(line)
        line = StyledText()
        used = 0
      }
      for cell in word.cells {
        if used + cell.width > width, used > 0 {
          lines.append(line)
          line = StyledText()
          used = 0
        }
        line.cells.append(cell)
        used += cell.width
      }
    }
    if !line.cells.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// The text in pieces of at most a width, spaces kept: lines of code.
  func cut(to width: Int) -> [StyledText] {
    var lines = [StyledText()]
    var used = 0
    for cell in cells {
      if used + cell.width > width, used > 0 {
        lines.append(StyledText())
        used = 0
      }
      lines[lines.count - 1].cells.append(cell)
      used += cell.width
    }
    return lines
  }

  /// What no line begins with.
  private static let closing: Set<Character> = ["、", "。", "，", "．", "！", "？", "：", "；", "）", "」", "』", "】", "》", "ー"]

  /// Runs of spaces, and the words between them; wide characters are words of their own, with what closes them.
  private var words: [(cells: ArraySlice<Cell>, isSpace: Bool)] {
    var words: [(cells: ArraySlice<Cell>, isSpace: Bool)] = []
    var start = 0
    for place in cells.indices.dropFirst() {
      let (before, here) = (cells[place - 1], cells[place])
      let isSpace = before.character == " "
      let isBreak =
        isSpace != (here.character == " ")
        || !isSpace && (before.width == 2 || here.width == 2) && !Self.closing.contains(here.character)
      guard isBreak else { continue }
      words.append((cells[start..<place], isSpace))
      start = place
    }
    if start < cells.count { words.append((cells[start...], cells[start].character == " ")) }
    return words
  }

  /// The text with the escapes of its styles, or as it is.
  func painted(_ color: Bool) -> String {
    guard color else { return String(cells.map(\.character)) }
    var text = ""
    var rest = cells[...]
    while let style = rest.first?.style {
      let run = rest.prefix { $0.style == style }
      rest = rest.dropFirst(run.count)
      let letters = String(run.map(\.character))
      text += style.isEmpty ? letters : "\u{1B}[\(style.parameters)m\(letters)\u{1B}[0m"
    }
    return text
  }
}
