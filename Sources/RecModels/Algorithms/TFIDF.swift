internal import RecAlgebra
package import RecData
package import RecKernels

/// Recommends items whose text and labels are like those of what the user liked.
package struct TFIDF: Recommender {
  package let vectors: TermVectors
  /// How many interactions each item has, against the most popular one; what answers where there is no profile.
  private let popularity: [Float]
  private let isEvents: Bool

  package var itemCount: Int { vectors.itemCount }
  package var predictsRatings: Bool { false }
  package var comparesItems: Bool { true }

  /// - Parameter fields: fields of the item table; nil for the usual ones that there are.
  package init(_ dataset: Dataset, fields: [String]?, vectorizer: TextVectorizer, execution: Execution) throws {
    let table = dataset.entities.itemFields
    if let unknown = fields?.first(where: { table[$0] == nil }) {
      throw TrainingError.noField(unknown, known: table.names)
    }
    let used = fields ?? table.contentFields
    vectors = try vectorizer.vectors(
      of: used, in: table, itemCount: dataset.entities.items.count, execution: execution)
    if vectors.terms.count == 0 { throw TrainingError.noText(fields: used) }
    popularity = dataset.relativePopularity
    isEvents = dataset.feedback == .events
  }

  package var isConsistent: Bool { popularity.count == itemCount }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    if let profile = profile(of: history) {
      vectors.products(with: profile, into: &scores)
    } else {
      for item in 0..<itemCount { scores[item] = popularity[item] }
    }
    for item in 0..<itemCount where !vectors.hasTerms(item) { scores[item] = -.infinity }
  }

  /// The terms of what the user liked, (terms,); nil where nothing is known or nothing of it has a term.
  func profile(of history: History) -> [Float]? {
    vectors.profile(of: history.items, weights: history.tasteWeights(isEvents: isEvents))
  }

  // MARK: Reasons and likeness

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    guard vectors.hasTerms(item.raw) else { return nil }
    guard let profile = profile(of: history) else {
      return Explanation(parts: [.init(.other("popularity"), Double(popularity[item.raw]))])
    }
    let items = vectors.items
    let shared: [Explanation.Part] = items.row(item.raw).compactMap { entry in
      let term = Int(items.columns[entry])
      let product = Double(profile[term]) * Double(items.values[entry])
      return product > 0 ? .init(.term(vectors.terms[term]), product) : nil
    }
    return Explanation(parts: Explanation.largest(shared, noun: "terms"))
  }

  package func similarities(to item: ItemIndex) -> [Float]? {
    guard let profile = vectors.profile(of: [Int32(item.raw)], weights: [1]) else {
      return [Float](repeating: .nan, count: itemCount)
    }
    var similarities = [Float](repeating: 0, count: itemCount)
    var span = similarities.mutableSpan
    vectors.products(with: profile, into: &span)
    for other in 0..<itemCount where !vectors.hasTerms(other) { similarities[other] = .nan }
    return similarities
  }

  package var facts: [ModelFact] {
    let count = vectors.terms.count
    return [ModelFact("terms", .count(count), of: "term")]
  }
}

extension Algorithm {
  /// Content by TF-IDF.
  package static let tfidf = Algorithm(
    name: "tfidf", summary: "recommend by the words and labels of what the user liked", needs: .itemText,
    options: [
      OptionSpec(
        "fields", .fields, list: true, "item fields to read; title, genres, text and description, where there are such"),
      OptionSpec(
        "ngrams", .range, default: "1..1", unit: "words", "shortest and longest sequence of words that is a term"),
      .count("min", default: 1, unit: "items", "leave out terms that occur in fewer items"),
      .choice(
        "stop", default: "none",
        [Choice("none", "keep every word"), Choice("english", "leave out 318 English words without content")],
        "words to leave out"),
      .flag("stem", default: false, "reduce English words to their stems (Porter)"),
      .flag("sublinear", default: false, "let 1 + ln(count) take the place of the count"),
      .choice(
        "labels", default: "whole",
        [Choice("whole", "one column for each label"), Choice("words", "the words in it, like text")],
        "what labels such as genres become"),
    ],
    examples: ["tfidf", "tfidf fields=title,genres stop=english"],
    uses: [],
    notes: """
      A weight is tf · (ln((1 + n)/(1 + df)) + 1), and every vector has length 1; the defaults are scikit-learn's. A label \
      is a term that occurs once and has its idf like any word; a number is a label, too. What counts for the profile is \
      how far a rating lies above the user's own mean, and every item the same if all ratings are equal; of events, their \
      weight. The score is the cosine of profile and item. Items that nobody rated are scored like any other, items without \
      a term cannot be. An unknown user gets the most popular items. It predicts no ratings.
      """,
    source: """
      Salton & Buckley 1988, doi:10.1016/0306-4573(88)90021-0; Pazzani & Billsus 2007 (profiles), \
      doi:10.1007/978-3-540-72079-9_10; Porter 1980 (stems), doi:10.1108/eb046814
      """,
    models: TFIDF.self
  ) { dataset, options, training in
    let model = try TFIDF(
      dataset, fields: options.words("fields"), vectorizer: TextVectorizer(options), execution: training.execution)
    let empty = (0..<model.itemCount).count { !model.vectors.hasTerms($0) }
    return TrainedRecommender(model, warnings: empty > 0 ? [.itemsWithoutText(count: empty)] : [])
  }
}

extension TextVectorizer {
  /// What the options of `tfidf` ask for.
  fileprivate init(_ options: OptionValues) throws(TrainingError) {
    self.init()
    if let range = options.range("ngrams") {
      guard let shortest = Int(exactly: range.lowest), let longest = Int(exactly: range.highest), shortest >= 1,
        longest >= shortest, longest <= 10
      else { throw .unsuitable(option: "ngrams", reason: "the lengths are whole numbers from 1 to 10, such as 1..2") }
      ngrams = shortest...longest
    }
    minimumDocuments = options.count("min") ?? minimumDocuments
    tokenizer = Tokenizer(
      stopWords: options.word("stop") == "english" ? .english : .none, stems: options.flag("stem") ?? false)
    isSublinear = options.flag("sublinear") ?? isSublinear
    labels = options.word("labels").flatMap(Labels.init) ?? labels
  }
}
