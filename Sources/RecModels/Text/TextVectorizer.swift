package import RecData

/// Turns item fields into TF-IDF vectors: words and n-grams of text, and one-hot columns of labels.
///
/// The defaults are scikit-learn's `TfidfVectorizer`: weight = tf · idf with idf = ln((1 + n)/(1 + df)) + 1, each vector
/// divided by its length. n counts the described items. n-grams do not reach from one field into the next. A label is a
/// term that occurs once; it has its idf like any word.
package struct TextVectorizer: Sendable {
  /// What an item's labels become.
  package enum Labels: String, Sendable {
    /// One column for each label.
    case whole
    /// The words in it, like any text.
    case words
  }

  /// Lengths of the n-grams, in words.
  package var ngrams = 1...1
  /// Terms in fewer items than this are left out.
  package var minimumDocuments = 1
  package var tokenizer = Tokenizer()
  /// Whether 1 + ln(tf) takes the place of tf.
  package var isSublinear = false
  package var labels = Labels.whole

  package init() {}

  /// - Parameter fields: names of `table`; others are passed over.
  package func vectors(of fields: [String], in table: FieldTable, itemCount: Int) -> TermVectors {
    var counter = TermCounter(itemCount: itemCount)
    var buffer = TokenBuffer()
    for name in fields {
      switch table[name] {
      case .text(let column):
        for item in 0..<column.count { count(column.utf8(item), of: item, &counter, &buffer) }
      case .categories(let column) where labels == .words:
        for item in 0..<column.count {
          for label in column[item] { count(Array(label.utf8)[...], of: item, &counter, &buffer) }
        }
      case .categories(let column): counter.addLabels(column)
      case .number(let column): counter.addLabels(CategoryColumn(column.map { $0.isNaN ? [] : [$0.description] }))
      case nil: break
      }
    }
    return counter.vectors(
      minimumDocuments: minimumDocuments, describedCount: table.describedCount, isSublinear: isSublinear)
  }

  private func count(
    _ text: ArraySlice<UInt8>, of item: Int, _ counter: inout TermCounter, _ buffer: inout TokenBuffer
  ) {
    tokenizer.tokenize(text, into: &buffer)
    for length in ngrams where length <= buffer.count {
      for place in 0...(buffer.count - length) { counter.add(buffer.ngram(at: place, length: length), to: item) }
    }
  }
}
