package import RecData
package import RecKernels

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
  package func vectors(
    of fields: [String], in table: FieldTable, itemCount: Int, execution: Execution
  ) throws(Cancelled) -> TermVectors {
    var texts: [TextColumn] = []
    var words: [CategoryColumn] = []
    var labels: [CategoryColumn] = []
    for name in fields {
      switch table[name] {
      case .text(let column): texts.append(column)
      case .categories(let column) where self.labels == .words: words.append(column)
      case .categories(let column): labels.append(column)
      case .number(let column) where column.allSatisfy { $0 == 0 || $0 == 1 || $0.isNaN }:
        // An indicator, as one-hot encoding makes them: a term of its own name.
        labels.append(CategoryColumn(column.map { $0 == 1 ? [name] : [] }))
      case .number(let column): labels.append(CategoryColumn(column.map { $0.isNaN ? [] : [FieldColumn.text($0)] }))
      case nil: break
      }
    }
    var counter = TermCounter(labelColumns: labels)
    var buffer = TokenBuffer()
    for item in 0..<itemCount {
      if item % 256 == 0 {
        try execution.checkpoint()
        execution.report(
          Progress(label: "tfidf", fraction: Double(item) / Double(itemCount), of: .init(itemCount, "item")))
      }
      for column in texts {
        count(column.bytes.span.extracting(column.offsets[item]..<column.offsets[item + 1]), &counter, &buffer)
      }
      for column in words { for label in column[item] { count(Array(label.utf8).span, &counter, &buffer) } }
      counter.finishItem(item)
    }
    return try counter.vectors(
      minimumDocuments: minimumDocuments, describedCount: table.describedCount, isSublinear: isSublinear,
      execution: execution)
  }

  private func count(_ text: Span<UInt8>, _ counter: inout TermCounter, _ buffer: inout TokenBuffer) {
    tokenizer.tokenize(text, into: &buffer)
    let bytes = buffer.bytes
    for length in ngrams where length <= buffer.count {
      for place in 0...(buffer.count - length) {
        counter.add(bytes.span.extracting(buffer.ngram(at: place, length: length)))
      }
    }
  }
}
