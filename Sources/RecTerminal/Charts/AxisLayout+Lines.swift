import RecLanguage
import RecNotebook

extension AxisLayout {
  /// The horizontal axis below a chart of so many columns, from its corner on: the rule with its ticks, their texts where
  /// they leave each other room, and the title.
  func lines(below columns: Int, title: String, _ color: Bool) -> [String] {
    var rule = [Character](repeating: "─", count: columns)
    var texts = ""
    for tick in ticks {
      let place = Int((tick.share * Double(columns - 1)).rounded())
      rule[place] = "┬"
      let width = tick.text.count
      let start = min(max(place - width / 2, 0), columns - width)
      guard start >= 0, texts.isEmpty || start >= texts.count + 2 else { continue }
      texts += String(repeating: " ", count: start - texts.count) + tick.text
    }
    return [" └" + String(rule), "  " + texts, "  " + title.onOneLine.fitted(toWidth: columns).painted(.faint, color)]
  }
}
