/// One text that Tab may put in.
package struct Candidate: Equatable, Sendable {
  /// What replaces the unfinished word, quotes included.
  package var text: String
  /// One line on what it is; empty for none.
  package var help: String
  /// Whether a space follows it, so that the next word can be typed; not after a folder or `k=`.
  package var appendSpace: Bool

  package init(_ text: String, help: String = "", appendSpace: Bool = true) {
    self.text = text
    self.help = help
    self.appendSpace = appendSpace
  }
}

/// The candidates for an unfinished word and the part of the line that they would replace.
package struct Completions: Equatable, Sendable {
  /// Offsets in UTF-8 into the line.
  package var replace: Range<Int>
  package var candidates: [Candidate]
  /// How many more there are than `candidates` holds, where the source of them stopped.
  package var moreCount: Int

  package init(replace: Range<Int>, candidates: [Candidate], moreCount: Int = 0) {
    self.replace = replace
    self.candidates = candidates
    self.moreCount = moreCount
  }

  package static func none(at cursor: Int) -> Completions {
    Completions(replace: cursor..<cursor, candidates: [])
  }
}

/// Gives the candidates for a line with the cursor at an offset in UTF-8.
package typealias Completer = (_ line: String, _ cursor: Int) -> Completions

/// What one Tab does to a line.
enum CompletionStep: Equatable {
  /// Nothing fits.
  case nothing
  /// The range, in UTF-8, gives way to the text, and the cursor stands behind it.
  case replace(Range<Int>, with: String)
  /// Nothing can be put in; the candidates are listed.
  case list

  /// A single candidate is put in whole, of several what they have in common, else they are listed.
  init(_ completions: Completions, line: String) {
    let range = completions.replace
    let bytes = Array(line.utf8)
    guard let first = completions.candidates.first, range.upperBound <= bytes.count else {
      self = .nothing
      return
    }
    if completions.candidates.count == 1, completions.moreCount == 0 {
      var end = range.upperBound
      if let quote = first.text.utf8.last, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
        end < bytes.count, bytes[end] == quote
      {
        end += 1
      }
      var text = first.text
      if first.appendSpace {
        if end < bytes.count, bytes[end] == UInt8(ascii: " ") { end += 1 }
        text += " "
      }
      self = .replace(range.lowerBound..<end, with: text)
      return
    }
    let typed = String(decoding: bytes[range], as: UTF8.self)
    let common = completions.candidates.dropFirst().reduce(first.text) { $0.commonPrefix(with: $1.text) }
    let extends = common.count > typed.count && common.lowercased().hasPrefix(typed.lowercased())
    self = extends ? .replace(range, with: common) : .list
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    var result = ""
    for (mine, theirs) in zip(self, other) {
      if mine != theirs { break }
      result.append(mine)
    }
    return result
  }
}
