/// What stands before a line to be typed; every prompt ends in `› `.
package struct Prompt: Equatable, Sendable {
  package let text: String
  /// The parameters of its colour, such as `1;36`; empty for none.
  package let color: String

  package init(_ text: String, color: String = "") {
    precondition(text.hasSuffix("› "), "a prompt ends in the mark that pasted text is recognised by")
    self.text = text
    self.color = color
  }

  /// The prompt as libedit takes it: escapes between two characters U+0001.
  ///
  /// The reset stands before the trailing space, since libedit drops an escape at the end of a prompt.
  var marked: String {
    color.isEmpty ? text : "\u{1}\u{1B}[\(color)m\u{1}\(text.dropLast())\u{1}\u{1B}[0m\u{1} "
  }
}
