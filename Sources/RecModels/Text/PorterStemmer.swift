/// Reduces English words to stems by stripping suffixes, exactly as the paper has it.
///
/// M. F. Porter, "An algorithm for suffix stripping", Program 14 (3), 1980, doi:10.1108/eb046814. Letters keep the
/// paper's names: `m` counts the vowel–consonant sequences of a stem, `*o` is a stem that ends consonant, vowel,
/// consonant, the last one not w, x or y. The later changes of Porter's own program (`bli`, `logi`, short words) are not in.
package enum PorterStemmer {
  /// The stem of a lower-case word; a word with anything but a–z in it comes back as it is.
  package static func stem(_ word: String) -> String {
    var bytes = Array(word.utf8)
    stem(&bytes, from: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Replaces the word that `bytes` ends with, from `start` on, by its stem; stems are never longer.
  static func stem(_ bytes: inout [UInt8], from start: Int) {
    guard bytes.count - start <= longestWord,
      bytes[start...].allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
    else { return }
    removePlural(&bytes, start)
    removePastAndProgressive(&bytes, start)
    if bytes.last == UInt8(ascii: "y"), hasVowel(bytes, start, bytes.count - 1) {
      bytes[bytes.count - 1] = UInt8(ascii: "i")
    }
    replace(&bytes, start, by: secondStep, measureAbove: 0)
    replace(&bytes, start, by: thirdStep, measureAbove: 0)
    replace(&bytes, start, by: fourthStep, measureAbove: 1)
    tidy(&bytes, start)
  }

  /// What is longer is no English word, and stays as it is.
  private static let longestWord = 64

  // MARK: Steps

  /// Step 1a: sses → ss, ies → i, ss → ss, s → nothing.
  private static func removePlural(_ bytes: inout [UInt8], _ start: Int) {
    if ends(bytes, start, sses) || ends(bytes, start, ies) {
      bytes.removeLast(2)
    } else if bytes.last == UInt8(ascii: "s"), !ends(bytes, start, ss) {
      bytes.removeLast()
    }
  }

  /// Step 1b: eed → ee, ed and ing go, and what they left is mended.
  private static func removePastAndProgressive(_ bytes: inout [UInt8], _ start: Int) {
    if ends(bytes, start, eed) {
      if measure(bytes, start, bytes.count - 3) > 0 { bytes.removeLast() }
      return
    }
    let length = ends(bytes, start, ed) ? 2 : ends(bytes, start, ing) ? 3 : 0
    guard length > 0, hasVowel(bytes, start, bytes.count - length) else { return }
    bytes.removeLast(length)
    if ends(bytes, start, at) || ends(bytes, start, bl) || ends(bytes, start, iz) {
      bytes.append(UInt8(ascii: "e"))
    } else if endsDoubled(bytes, start) {
      switch bytes[bytes.count - 1] {
      case UInt8(ascii: "l"), UInt8(ascii: "s"), UInt8(ascii: "z"): break
      default: bytes.removeLast()
      }
    } else if measure(bytes, start, bytes.count) == 1, endsShort(bytes, start, bytes.count) {
      bytes.append(UInt8(ascii: "e"))
    }
  }

  /// Steps 2 to 4: the longest suffix that the word has is replaced if the measure of what stands before it is large enough.
  private static func replace(
    _ bytes: inout [UInt8], _ start: Int, by rules: [(suffix: [UInt8], replacement: [UInt8])], measureAbove bound: Int
  ) {
    guard let rule = rules.first(where: { ends(bytes, start, $0.suffix) }) else { return }
    let stem = bytes.count - rule.suffix.count
    guard measure(bytes, start, stem) > bound else { return }
    if rule.suffix == ion, bytes[stem - 1] != UInt8(ascii: "s"), bytes[stem - 1] != UInt8(ascii: "t") { return }
    bytes.removeLast(rule.suffix.count)
    bytes.append(contentsOf: rule.replacement)
  }

  /// Step 5: a last e goes, and one of two l.
  private static func tidy(_ bytes: inout [UInt8], _ start: Int) {
    if bytes.last == UInt8(ascii: "e") {
      let stem = bytes.count - 1
      let measure = measure(bytes, start, stem)
      if measure > 1 || (measure == 1 && !endsShort(bytes, start, stem)) { bytes.removeLast() }
    }
    if bytes.last == UInt8(ascii: "l"), endsDoubled(bytes, start), measure(bytes, start, bytes.count) > 1 {
      bytes.removeLast()
    }
  }

  // MARK: Conditions

  private static func ends(_ bytes: [UInt8], _ start: Int, _ suffix: [UInt8]) -> Bool {
    bytes.last == suffix.last && bytes.count - start >= suffix.count && bytes.suffix(suffix.count).elementsEqual(suffix)
  }

  private static func isConsonant(_ bytes: [UInt8], _ start: Int, _ place: Int) -> Bool {
    switch bytes[place] {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): false
    case UInt8(ascii: "y"): place == start || !isConsonant(bytes, start, place - 1)
    default: true
    }
  }

  /// The m of `bytes[start..<end]`: how often a vowel is followed by a consonant.
  private static func measure(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var changes = 0
    var afterVowel = false
    for place in start..<end {
      let isVowel = !isConsonant(bytes, start, place)
      if afterVowel && !isVowel { changes += 1 }
      afterVowel = isVowel
    }
    return changes
  }

  private static func hasVowel(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    (start..<end).contains { !isConsonant(bytes, start, $0) }
  }

  /// *d: the word ends with the same consonant twice.
  private static func endsDoubled(_ bytes: [UInt8], _ start: Int) -> Bool {
    let end = bytes.count
    return end - start >= 2 && bytes[end - 1] == bytes[end - 2] && isConsonant(bytes, start, end - 1)
  }

  /// *o: `bytes[start..<end]` ends consonant, vowel, consonant, the last one not w, x or y.
  private static func endsShort(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    guard end - start >= 3, isConsonant(bytes, start, end - 3), !isConsonant(bytes, start, end - 2),
      isConsonant(bytes, start, end - 1)
    else { return false }
    switch bytes[end - 1] {
    case UInt8(ascii: "w"), UInt8(ascii: "x"), UInt8(ascii: "y"): return false
    default: return true
    }
  }

  // MARK: Suffixes

  private static let sses = Array("sses".utf8)
  private static let ies = Array("ies".utf8)
  private static let ss = Array("ss".utf8)
  private static let eed = Array("eed".utf8)
  private static let ed = Array("ed".utf8)
  private static let ing = Array("ing".utf8)
  private static let at = Array("at".utf8)
  private static let bl = Array("bl".utf8)
  private static let iz = Array("iz".utf8)
  private static let ion = Array("ion".utf8)

  /// Rules such as `ational>ate`, a longer suffix before a shorter one that it ends with.
  private static func rules(_ text: String) -> [(suffix: [UInt8], replacement: [UInt8])] {
    text.split(separator: " ").map { rule in
      let sides = rule.split(separator: ">", omittingEmptySubsequences: false)
      return (Array(sides[0].utf8), Array(sides[1].utf8))
    }
  }

  private static let secondStep = rules(
    "ational>ate tional>tion enci>ence anci>ance izer>ize abli>able alli>al entli>ent eli>e ousli>ous ization>ize "
      + "ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al iviti>ive biliti>ble")
  private static let thirdStep = rules("icate>ic ative> alize>al iciti>ic ical>ic ful> ness>")
  private static let fourthStep = rules(
    "al> ance> ence> er> ic> able> ible> ant> ement> ment> ent> ion> ou> ism> ate> iti> ous> ive> ize>")
}
