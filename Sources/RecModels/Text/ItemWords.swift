package import RecData
package import RecKernels

/// The words of items in their order, text by text.
package struct ItemWords: Sendable {
  /// The distinct words, numbered in the order in which they first came.
  package private(set) var vocabulary = TermTable()
  /// The words of all texts, one behind the other.
  package private(set) var words: [Int32] = []
  /// Text `t` has `words[textOffsets[t]..<textOffsets[t + 1]]`.
  package private(set) var textOffsets = [0]
  /// Item `i` has the texts `itemTexts[i]..<itemTexts[i + 1]`; (itemCount + 1,).
  package private(set) var itemTexts = [0]

  /// - Parameter fields: names of `table`; of labels the words count, numbers are passed over.
  package init(
    of fields: [String], in table: FieldTable, itemCount: Int, tokenizer: Tokenizer, execution: Execution
  ) throws(Cancelled) {
    let columns = fields.compactMap { table[$0] }
    var buffer = TokenBuffer()
    for item in 0..<itemCount {
      if item.isMultiple(of: 256) { try execution.checkpoint() }
      for column in columns {
        switch column {
        case .text(let texts):
          let bytes = texts.bytes
          tokenizer.tokenize(bytes.span.extracting(texts.offsets[item]..<texts.offsets[item + 1]), into: &buffer)
        case .categories(let labels):
          let bytes = Array(labels[item].joined(separator: " ").utf8)
          tokenizer.tokenize(bytes.span, into: &buffer)
        case .number: continue
        }
        addText(buffer)
      }
      itemTexts.append(textOffsets.count - 1)
    }
  }

  private mutating func addText(_ buffer: TokenBuffer) {
    let bytes = buffer.bytes
    for place in 0..<buffer.count { words.append(vocabulary.insert(bytes.span.extracting(buffer[place]))) }
    textOffsets.append(words.count)
  }

  package var itemCount: Int { itemTexts.count - 1 }

  /// The words of an item.
  package func words(of item: Int) -> ArraySlice<Int32> {
    words[textOffsets[itemTexts[item]]..<textOffsets[itemTexts[item + 1]]]
  }

  /// How often each word occurs; (vocabulary.count,).
  package var counts: [Int] {
    var counts = [Int](repeating: 0, count: vocabulary.count)
    for word in words { counts[Int(word)] += 1 }
    return counts
  }
}
