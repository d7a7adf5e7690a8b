/// What was recorded of a statement against what it printed now.
///
/// A line `...` that was recorded stands for any number of lines; of the others ``RecordedLine`` tells what may differ.
package struct OutputComparison: Sendable, Equatable {
  /// A line of either side, in the order of a difference as `diff` prints it.
  package enum Line: Sendable, Equatable {
    /// A recorded line that still holds.
    case kept(String)
    /// A recorded line that was not printed.
    case missing(String)
    /// A printed line that was not recorded.
    case added(String)
  }

  package let lines: [Line]

  /// Whether the statement printed what was recorded.
  package var isEqual: Bool {
    lines.allSatisfy { if case .kept = $0 { true } else { false } }
  }

  /// Whether all that differs is that rows of a list whose scores agree as printed changed places, as near-ties do.
  ///
  /// A row begins with its rank, a whole number, and its score is the last number with a decimal point.
  package var isReordered: Bool {
    var missing: [String] = []
    var added: [String] = []
    for line in lines {
      switch line {
      case .kept: continue
      case .missing(let text): missing.append(text)
      case .added(let text): added.append(text)
      }
    }
    guard !missing.isEmpty, missing.count == added.count else { return false }
    for (old, new) in zip(missing, added) {
      guard let score = PrintedNumber(lastIn: old), let other = PrintedNumber(lastIn: new), score.agrees(with: other)
      else { return false }
    }
    var rows = added.compactMap(Self.withoutRank)
    return rows.count == added.count
      && missing.allSatisfy { line in
        guard let row = Self.withoutRank(line), let place = rows.firstIndex(where: RecordedLine(row).matches)
        else { return false }
        rows.remove(at: place)
        return true
      }
  }

  /// A row without the number that it begins with; nil where it begins with none.
  private static func withoutRank(_ line: String) -> String? {
    let text = line.drop { $0 == " " }
    let rest = text.drop { $0.isNumber }
    return rest.count < text.count && rest.first == " " ? String(rest) : nil
  }

  /// The recorded lines that still hold, and what was printed in place of the others: what `record` writes.
  package var updated: [String] {
    lines.compactMap {
      switch $0 {
      case .kept(let text), .added(let text): text
      case .missing: nil
      }
    }
  }

  /// The smallest difference between the two. O(recorded · printed) where they differ, less what they begin and end with.
  package init(recorded: [String], printed: [String]) {
    var recorded = recorded.map(RecordedLine.init)[...]
    var printed = printed.map(trimmingBlanksAtEnd)[...]
    var head: [Line] = []
    var tail: [Line] = []
    while let first = recorded.first, !first.isAnyLines, let line = printed.first, first.matches(line) {
      head.append(.kept(first.text))
      recorded.removeFirst()
      printed.removeFirst()
    }
    while let last = recorded.last, !last.isAnyLines, let line = printed.last, last.matches(line) {
      tail.append(.kept(last.text))
      recorded.removeLast()
      printed.removeLast()
    }
    lines = head + Self.middle(Array(recorded), Array(printed)) + tail.reversed()
  }

  /// Above this many pairs of lines the difference is not looked for: everything is missing, everything is added.
  private static let pairLimit = 4_000_000

  private static func middle(_ recorded: [RecordedLine], _ printed: [String]) -> [Line] {
    let (rows, columns) = (recorded.count, printed.count)
    guard rows > 0, columns > 0, (rows + 1) * (columns + 1) <= pairLimit else {
      let isAnything = rows > 0 && recorded.allSatisfy(\.isAnyLines)
      if isAnything { return recorded.map { .kept($0.text) } }
      return recorded.map { $0.isAnyLines ? .kept($0.text) : .missing($0.text) } + printed.map { .added($0) }
    }

    // cost[r, c]: how many lines are missing or added from row r and column c on, at best.
    var cost = [Int32](repeating: 0, count: (rows + 1) * (columns + 1))
    var isMatch = [Bool](repeating: false, count: rows * columns)
    let width = columns + 1
    for row in stride(from: rows, through: 0, by: -1) {
      for column in stride(from: columns, through: 0, by: -1) {
        var best: Int32 = row == rows && column == columns ? 0 : .max
        if row < rows {
          let step: Int32 = recorded[row].isAnyLines ? 0 : 1
          best = min(best, cost[(row + 1) * width + column] + step)
        }
        if column < columns {
          let step: Int32 = row < rows && recorded[row].isAnyLines ? 0 : 1
          best = min(best, cost[row * width + column + 1] + step)
        }
        if row < rows, column < columns, !recorded[row].isAnyLines, recorded[row].matches(printed[column]) {
          isMatch[row * columns + column] = true
          best = min(best, cost[(row + 1) * width + column + 1])
        }
        cost[row * width + column] = best
      }
    }

    var lines: [Line] = []
    var (row, column) = (0, 0)
    while row < rows || column < columns {
      let here = cost[row * width + column]
      if row < rows, column < columns, isMatch[row * columns + column], cost[(row + 1) * width + column + 1] == here {
        lines.append(.kept(recorded[row].text))
        (row, column) = (row + 1, column + 1)
      } else if row < rows, recorded[row].isAnyLines {
        if column < columns, cost[(row + 1) * width + column] > here {
          column += 1
        } else {
          lines.append(.kept(recorded[row].text))
          row += 1
        }
      } else if row < rows, cost[(row + 1) * width + column] + 1 == here {
        lines.append(.missing(recorded[row].text))
        row += 1
      } else {
        lines.append(.added(printed[column]))
        column += 1
      }
    }
    return lines
  }
}
