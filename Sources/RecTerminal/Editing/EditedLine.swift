/// A line being edited, with the cursor counted in Unicode scalars, as libedit counts.
struct EditedLine: Equatable {
  var scalars: [Unicode.Scalar]
  var cursor: Int

  init(scalars: [Unicode.Scalar], cursor: Int) {
    self.scalars = scalars
    self.cursor = min(max(cursor, 0), scalars.count)
  }

  /// A line with the cursor at an offset in scalars; at its end without one.
  init(_ text: String, cursor: Int? = nil) {
    let scalars = Array(text.unicodeScalars)
    self.init(scalars: scalars, cursor: cursor ?? scalars.count)
  }

  var text: String { Self.string(scalars[...]) }
  var beforeCursor: String { Self.string(scalars[..<cursor]) }
  var afterCursor: String { Self.string(scalars[cursor...]) }

  /// How many scalars the character before the cursor has: a letter with its accents is one step.
  var previousCount: Int { beforeCursor.last?.unicodeScalars.count ?? 0 }
  /// How many scalars the character at the cursor has.
  var nextCount: Int { afterCursor.first?.unicodeScalars.count ?? 0 }

  /// The line with a range in UTF-8 replaced, and the cursor behind what replaced it.
  func replacing(_ range: Range<Int>, with text: String) -> EditedLine {
    let bytes = Array(self.text.utf8)
    let before = String(decoding: bytes[..<range.lowerBound], as: UTF8.self) + text
    let after = String(decoding: bytes[range.upperBound...], as: UTF8.self)
    return EditedLine(before + after, cursor: before.unicodeScalars.count)
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
