import RecModels

/// `users >= 5 items >= 3`: how many ratings a user and an item must have, in either order, joined by `and` or by nothing.
struct CoreRequest: Equatable {
  private(set) var users = 0
  private(set) var items = 0

  /// nil where a text asks for anything else.
  init?(_ text: String) {
    var words = Self.words(text)[...]
    if words.isEmpty { return nil }
    while let noun = words.popFirst() {
      guard let relation = words.popFirst(), let number = words.popFirst(), let count = try? Literal.count(number),
        count < Int(Int32.max)
      else { return nil }
      let least: Int
      switch relation {
      case ">=": least = count
      case ">": least = count + 1
      default: return nil
      }
      switch noun {
      case "users" where users == 0: users = least
      case "items" where items == 0: items = least
      default: return nil
      }
      if words.first == "and" || words.first == "&&" {
        words.removeFirst()
        if words.isEmpty { return nil }
      }
    }
  }

  /// The words in lower case, relations apart from what they stand beside.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var isSymbol = false
    var hasWord = false
    for character in text.lowercased() {
      if character.isWhitespace || character == "," {
        hasWord = false
        continue
      }
      let isOne = "<>=&!".contains(character)
      if !hasWord || isOne != isSymbol { words.append("") }
      words[words.count - 1].append(character)
      isSymbol = isOne
      hasWord = true
    }
    return words
  }
}
