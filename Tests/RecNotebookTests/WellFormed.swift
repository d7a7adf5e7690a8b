/// What is wrong with the form of a text as XML 1.0: tags that do not match, bare `<`, `&` or quotes; nil where nothing is.
///
/// An independent reading of the grammar (productions 10, 14, 40–44, 66–68) for the tests.
func flaw(in xml: String) -> String? {
  var open: [String] = []
  var rest = Substring(xml)
  for prefix in ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "<!DOCTYPE html>\n"] where rest.hasPrefix(prefix) {
    rest = rest.dropFirst(prefix.count)
  }
  var scalars = Array(rest.unicodeScalars)[...]
  func take(while holds: (Unicode.Scalar) -> Bool) -> String {
    let part = scalars.prefix(while: holds)
    scalars = scalars.dropFirst(part.count)
    return String(String.UnicodeScalarView(part))
  }
  func entityFlaw(_ text: String) -> String? {
    // By scalars: a mark that combines with the `;` is no part of it.
    for part in text.unicodeScalars.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
      let isEntity = ["amp;", "lt;", "gt;", "quot;", "#39;"].contains { part.starts(with: $0.unicodeScalars) }
      if !isEntity { return "bare & before \(String(part.prefix(9)))" }
    }
    return nil
  }
  while !scalars.isEmpty {
    let text = take { $0 != "<" }
    if let flaw = entityFlaw(text) { return flaw }
    guard !scalars.isEmpty else { break }
    scalars.removeFirst()
    if scalars.first == "/" {
      scalars.removeFirst()
      let name = take { $0 != ">" }
      guard open.popLast() == name else { return "</\(name)> closes nothing" }
      scalars.removeFirst()
      continue
    }
    let name = take { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
    if name.isEmpty { return "bare <" }
    while scalars.first == " " {
      scalars.removeFirst()
      let key = take { $0.properties.isAlphabetic || "-:0123456789".unicodeScalars.contains($0) }
      guard !key.isEmpty, scalars.prefix(2).elementsEqual("=\"".unicodeScalars) else {
        return "bad attribute in <\(name)>"
      }
      scalars.removeFirst(2)
      let value = take { $0 != "\"" }
      if value.unicodeScalars.contains("<") { return "bare < in an attribute" }
      if let flaw = entityFlaw(value) { return flaw }
      scalars.removeFirst()
    }
    if scalars.prefix(2).elementsEqual("/>".unicodeScalars) {
      scalars.removeFirst(2)
    } else if scalars.first == ">" {
      scalars.removeFirst()
      open.append(name)
    } else {
      return "<\(name) does not end"
    }
  }
  return open.isEmpty ? nil : "<\(open[open.count - 1])> stays open"
}
