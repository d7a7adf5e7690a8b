extension LineEditor {
  /// Tab: puts in what is certain, else lists what fits.
  func complete() -> Answer {
    let line = edited
    let text = line.text
    let completions = completions(for: line)
    switch CompletionStep(completions, line: text) {
    case .nothing:
      return .beep
    case .replace(let range, let replacement):
      replaceLine(with: line.replacing(range, with: replacement))
      return .redraw
    case .list:
      let lines = CompletionList.lines(completions, width: size.columns, height: size.rows - 2)
      send(.list(lines, cursorFromEnd: line.scalars.count - line.cursor), fromEnd: true)
      return .nothing
    }
  }

  /// The candidates, whose source sees the statement from its first line.
  private func completions(for line: EditedLine) -> Completions {
    let offset = earlier.utf8.count
    var completions = completer(earlier + line.text, offset + line.beforeCursor.utf8.count)
    let range = completions.replace
    if range.lowerBound < offset { return .none(at: 0) }
    completions.replace = range.lowerBound - offset..<range.upperBound - offset
    return completions
  }

  /// Up: within a statement of several lines a line up, else the last statement that starts like the line.
  func showPrevious() -> Answer {
    let line = edited
    if let moved = line.movedUp() { return move(from: line, to: moved) }
    guard
      let entry = browser.previous(line: line.text, beforeCursor: line.beforeCursor, entries: history.entries)
    else { return .beep }
    replaceLine(with: EditedLine(entry))
    return .redraw
  }

  func showNext() -> Answer {
    let line = edited
    if let moved = line.movedDown() { return move(from: line, to: moved) }
    guard let entry = browser.next(line: line.text, entries: history.entries) else { return .beep }
    replaceLine(with: EditedLine(entry))
    return .redraw
  }

  func startSearch() -> Answer {
    search = HistorySearch(line: edited.text, entries: history.entries)
    return .redraw
  }

  func moveLeft() -> Answer {
    let count = edited.previousCount
    if count == 0 { return .beep }
    moveCursor(by: -count)
    return .redraw
  }

  func moveRight() -> Answer {
    let count = edited.nextCount
    if count == 0 { return .beep }
    moveCursor(by: count)
    return .redraw
  }

  func deletePrevious() -> Answer {
    let count = edited.previousCount
    if count == 0 { return .beep }
    deleteBeforeCursor(count)
    return .redraw
  }

  func deleteNext() -> Answer {
    let count = edited.nextCount
    if count == 0 { return .beep }
    moveCursor(by: count)
    deleteBeforeCursor(count)
    return .redraw
  }

  func deleteNextOrEnd() -> Answer {
    edited.scalars.isEmpty ? .end : deleteNext()
  }

  private func move(from line: EditedLine, to offset: Int) -> Answer {
    moveCursor(by: offset - line.cursor)
    return .redraw
  }
}

extension EditedLine {
  /// The cursor a line up at the same column, where the text has several lines.
  fileprivate func movedUp() -> Int? {
    guard let end = scalars[..<cursor].lastIndex(of: "\n") else { return nil }
    let start = scalars[..<end].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    return min(start + cursor - end - 1, end)
  }

  /// The cursor a line down at the same column.
  fileprivate func movedDown() -> Int? {
    guard let end = scalars[cursor...].firstIndex(of: "\n") else { return nil }
    let start = scalars[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let nextEnd = scalars[(end + 1)...].firstIndex(of: "\n") ?? scalars.count
    return min(end + 1 + cursor - start, nextEnd)
  }
}
