/// Pasted text made into lines to run: prompts and recorded output are left out.
///
/// A transcript can so be pasted back as it stands. A prompt is whatever a line starts with up to and including `› `,
/// unless a quote, `=` or `#` stands before it, which makes it part of a command.
package struct PastedText: Equatable {
  /// The lines without prompts, recorded output (`#>`) and recorded runs (`#@`).
  package let lines: [String]
  /// Whether the last of the lines was ended, so that it is to run as well.
  package let endsLine: Bool

  package init(_ text: String) {
    var lines: [String] = []
    var endsLine = false
    var rest = Substring(text)
    while !rest.isEmpty {
      let line = rest.prefix { !$0.isNewline }
      let command = Self.withoutPrompt(String(line))
      if !command.hasPrefix("#>"), !command.hasPrefix("#@") {
        lines.append(Self.printable(command))
        endsLine = line.endIndex < rest.endIndex
      }
      rest = rest[line.endIndex...].dropFirst()
    }
    self.lines = lines
    self.endsLine = endsLine
  }

  /// A line without the prompt it may start with.
  package static func withoutPrompt(_ line: String) -> String {
    guard let mark = line.unicodeScalars.firstIndex(of: "›") else { return line }
    let prompt = line.unicodeScalars[..<mark]
    let rest = line.unicodeScalars[mark...].dropFirst()
    guard rest.first == " " || rest.isEmpty, !prompt.contains(where: { "\"'=#".unicodeScalars.contains($0) }) else {
      return line
    }
    return withoutPrompt(String(Substring.UnicodeScalarView(rest.drop { $0 == " " })))
  }

  /// Tabs as spaces and other control characters left out, so that the line can be edited.
  private static func printable(_ line: String) -> String {
    guard line.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) else {
      return line
    }
    var result = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      if scalar == "\t" {
        result.append(" ")
      } else if scalar.value >= 0x20, !(0x7F..<0xA0).contains(scalar.value) {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
