/// One line of a recorded output, as a pattern for the line that a run prints.
///
/// `[..]` matches anything. A number with a decimal point may differ by one in its last printed digit; whole numbers
/// and text must be equal. Blanks at the end of a line do not count.
struct RecordedLine {
  private enum Piece {
    case anything
    case number(PrintedNumber)
    case blanks(Int)
    case character(Character)
  }

  let text: String
  private let pieces: [Piece]
  private let length: Int

  /// Whether it is `...`, which stands for any number of lines.
  var isAnyLines: Bool { text == "..." }

  init(_ text: String) {
    self.text = trimmingBlanksAtEnd(text)
    let characters = Array(self.text)
    length = characters.count
    pieces = Self.pieces(of: characters)
  }

  /// Whether a printed line is what was recorded.
  func matches(_ line: String) -> Bool {
    let line = trimmingBlanksAtEnd(line)
    if line == text { return true }
    let characters = Array(line)
    if matches(characters, blanksMayDiffer: false) { return true }
    // A number that gained or lost a digit takes its place from the blanks of its column.
    return characters.count == length && matches(characters, blanksMayDiffer: true)
  }

  /// Follows all ways through a line at once: `places` are where the pieces so far can end.
  private func matches(_ line: [Character], blanksMayDiffer: Bool) -> Bool {
    var places: Set<Int> = [0]
    for piece in pieces {
      if case .anything = piece {
        places = Set((places.min() ?? 0)...line.count)
      } else {
        places = Set(places.compactMap { end(of: piece, in: line, at: $0, blanksMayDiffer: blanksMayDiffer) })
      }
      if places.isEmpty { return false }
    }
    return places.contains(line.count)
  }

  /// Where a piece that starts at a place ends; nil where it does not stand there.
  private func end(of piece: Piece, in line: [Character], at place: Int, blanksMayDiffer: Bool) -> Int? {
    switch piece {
    case .anything:
      return place
    case .number(let recorded):
      guard let printed = PrintedNumber(in: line, at: place), recorded.agrees(with: printed) else { return nil }
      return place + printed.length
    case .blanks(let count):
      let end = line[place...].firstIndex { $0 != " " } ?? line.count
      if blanksMayDiffer { return end > place || place == 0 ? end : nil }
      return end - place >= count ? place + count : nil
    case .character(let character):
      return place < line.count && line[place] == character ? place + 1 : nil
    }
  }

  private static func pieces(of line: [Character]) -> [Piece] {
    var pieces: [Piece] = []
    var place = 0
    while place < line.count {
      if line[place...].starts(with: "[..]") {
        pieces.append(.anything)
        place += 4
      } else if let number = PrintedNumber(in: line, at: place) {
        pieces.append(.number(number))
        place += number.length
      } else if line[place] == " " {
        let end = line[place...].firstIndex { $0 != " " } ?? line.count
        pieces.append(.blanks(end - place))
        place = end
      } else {
        pieces.append(.character(line[place]))
        place += 1
      }
    }
    return pieces
  }
}

/// The line without blanks at its end, which editors take away.
func trimmingBlanksAtEnd(_ line: String) -> String {
  guard line.last?.isWhitespace == true else { return line }
  return String(line[..<(line.lastIndex { !$0.isWhitespace }.map { line.index(after: $0) } ?? line.startIndex)])
}
