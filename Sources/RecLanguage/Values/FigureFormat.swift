/// A kind of file that a figure can be saved as; the modules above the language that draw figures contribute them.
package struct FigureFormat: Sendable {
  /// Without its point, in lower case.
  package let ending: String
  /// The whole file.
  package let text: @Sendable (Figure) -> String

  package init(_ ending: String, text: @escaping @Sendable (Figure) -> String) {
    self.ending = ending
    self.text = text
  }
}
