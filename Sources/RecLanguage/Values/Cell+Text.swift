extension Table.Cell {
  /// How people read a cell of a column of that style.
  package func text(_ style: Table.Style) -> String {
    switch self {
    case .undefined: return "–"
    case .text(let text): return text.onOneLine
    case .count(let count): return grouped(count)
    case .number(let number):
      if !number.isFinite { return "–" }
      switch style {
      case .text: return plain(number)
      case .count: return Int(exactly: number).map(grouped) ?? plain(number)
      case .decimals(let digits): return decimals(number, digits)
      case .percent(let digits): return decimals(number * 100, digits) + "%"
      }
    }
  }
}

/// A number that stands alone, for people: whole, or with six significant digits.
package func shown(_ number: Double) -> String {
  guard number.isFinite else { return "–" }
  let size = number.magnitude
  if number == number.rounded() || size >= 1e15 || size < 1e-4 { return plain(number) }
  var whole = 1
  var power = 10.0
  while size >= power, whole < 6 {
    whole += 1
    power *= 10
  }
  var text = decimals(number, size < 1 ? 6 : 6 - whole)
  guard text.contains(".") else { return text }
  while text.last == "0" { text.removeLast() }
  if text.last == "." { text.removeLast() }
  return text
}
