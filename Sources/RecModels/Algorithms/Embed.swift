internal import RecAlgebra
package import RecData
internal import RecKernels

/// Recommends items whose words mean what the words of liked items mean: averages of word vectors.
package struct WordEmbedding: Recommender {
  /// How items get their vectors.
  package struct Configuration: Sendable {
    /// Fields of the item table; nil for the usual ones that there are.
    package var fields: [String]?
    /// A file of word vectors; nil to train them on the items' own texts.
    package var path: String?
    /// Of vectors that are trained.
    package var dimensions = 100
    package var cooccurrences = WordCooccurrences.Options()
    /// Words in fewer items have no vector of their own; of vectors that are trained.
    package var minimumItems = 1
    /// a of a/(a + p(w)).
    package var smoothing = 1e-3
    package var removesFirst = true
    package var stopWords = StopWords.none
    package var seed: UInt64?
    package init() {}
  }

  /// Each item's vector, of length 1.
  private let scorer: BilinearScorer
  private let popularity: [Float]
  private let isEvents: Bool
  /// Distinct words of the items that have a vector, and those that have none.
  private let knownWords: Int
  private let unknownWords: Int

  package var itemCount: Int { scorer.itemCount }
  package var predictsRatings: Bool { false }
  package var comparesItems: Bool { true }
  package var isConsistent: Bool { popularity.count == itemCount }

  package init(_ dataset: Dataset, _ configuration: Configuration, _ training: Training) throws {
    let table = dataset.entities.itemFields
    if let unknown = configuration.fields?.first(where: { table[$0] == nil }) {
      throw TrainingError.noField(unknown, known: table.names)
    }
    let fields = configuration.fields ?? table.contentFields
    let execution = training.execution
    let seed = configuration.seed ?? training.seed
    let items = try ItemWords(
      of: fields, in: table, itemCount: dataset.entities.items.count,
      tokenizer: Tokenizer(stopWords: configuration.stopWords), execution: execution)
    if items.vocabulary.count == 0 { throw TrainingError.noText(fields: fields) }
    let (words, isKnown) = try Self.vectors(of: items, configuration, seed: seed, training)
    guard isKnown.contains(true) else {
      throw TrainingError.unsuitable(
        option: "vectors",
        reason: configuration.path == nil
          ? "no two words of the items stand near each other more often than by chance; a file has vectors"
          : "the file has none of the \(items.vocabulary.count) words of the items")
    }
    let sentences = try SentenceVectors(
      of: items, words: words, isKnown: isKnown, smoothing: configuration.smoothing,
      removesFirst: configuration.removesFirst, seed: seed, execution: execution)
    scorer = BilinearScorer(itemFactors: sentences.vectors) { sentences.hasWords[$0] }
    popularity = dataset.relativePopularity
    isEvents = dataset.feedback == .events
    knownWords = isKnown.count { $0 }
    unknownWords = isKnown.count - knownWords
  }

  /// The vectors of all words, from a file or from where they stand; a row of zeros for those without one.
  private static func vectors(
    of items: ItemWords, _ configuration: Configuration, seed: UInt64, _ training: Training
  ) throws -> (vectors: DenseMatrix, isKnown: [Bool]) {
    if let path = configuration.path {
      let vocabulary = items.vocabulary
      let read = try WordVectors(
        contentsOf: training.resolve(path), wordCount: vocabulary.count, execution: training.execution
      ) { vocabulary.index(of: $0) }
      return (read.vectors, read.isFound)
    }
    var itemCounts = [Int](repeating: 0, count: items.vocabulary.count)
    for item in 0..<items.itemCount { for word in Set(items.words(of: item)) { itemCounts[Int(word)] += 1 } }
    let ppmi = try WordCooccurrences.ppmi(
      items, keeps: itemCounts.map { $0 >= configuration.minimumItems }, configuration.cooccurrences,
      execution: training.execution)
    let vectors = try WordCooccurrences.vectors(
      ppmi, dimensions: configuration.dimensions, seed: seed, execution: training.execution)
    return (vectors, (0..<ppmi.rowCount).map { vectors.columnCount > 0 && !ppmi.row($0).isEmpty })
  }

  // MARK: Scores

  package func score(_ history: History, into scores: inout MutableSpan<Float>) {
    if let profile = profile(of: history) {
      scorer.score(factor: profile.span, into: &scores)
    } else {
      for item in 0..<itemCount { scores[item] = scorer.canScore(item) ? popularity[item] : -.infinity }
    }
  }

  package func lists(for histories: [History], _ rule: ListRule) -> [[ScoredItem]] {
    var factors = DenseMatrix(rowCount: histories.count, columnCount: scorer.rank)
    for (row, history) in histories.enumerated() {
      guard let profile = profile(of: history) else { return listsFromScores(for: histories, rule) }
      for (column, value) in profile.enumerated() { factors[row, column] = value }
    }
    return scorer.lists(factors: factors, for: histories, rule)
  }

  /// The direction of what somebody likes, of length 1; nil where nothing is known or nothing of it has words.
  private func profile(of history: History) -> [Float]? {
    let sum = scorer.sum(of: history.items, weights: history.tasteWeights(isEvents: isEvents))
    let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? sum.map { Float($0 / length) } : nil
  }

  // MARK: Reasons and likeness

  package func explain(_ history: History, item: ItemIndex) -> Explanation? {
    guard scorer.canScore(item.raw) else { return nil }
    let weights = history.tasteWeights(isEvents: isEvents)
    let sum = scorer.sum(of: history.items, weights: weights)
    let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else { return Explanation(parts: [.init(.other("popularity"), Double(popularity[item.raw]))]) }
    let mine = scorer.itemFactors.row(item.raw)
    let parts = history.items.indices.filter { weights[$0] > 0 }.map { place in
      let product = zip(scorer.itemFactors.row(Int(history.items[place])), mine)
        .reduce(0) { $0 + Double($1.0) * Double($1.1) }
      return Explanation.Part(
        .rated(ItemIndex(history.items[place]), value: history.values[place]), Double(weights[place]) * product / length
      )
    }
    return Explanation(parts: Explanation.largest(parts, noun: "items"))
  }

  package func firstFactors(of item: ItemIndex) -> (first: Float, second: Float)? { scorer.firstFactors(of: item.raw) }

  package func similarities(to item: ItemIndex) -> [Float]? { scorer.similarities(to: item.raw) }

  package var facts: [ModelFact] {
    [
      ModelFact("dimensions", .count(scorer.rank), of: "dimension"),
      ModelFact("words", .count(knownWords), of: "word"),
      ModelFact("unknown_words", .count(unknownWords), of: "unknown word"),
    ]
  }

  /// How many dimensions the vectors have.
  var rank: Int { scorer.rank }
  /// How many items have no word with a vector.
  var emptyCount: Int { (0..<itemCount).count { !scorer.canScore($0) } }
}

extension Algorithm {
  /// Content by averaged word vectors.
  package static let embed = Algorithm(
    name: "embed", summary: "recommend by the meaning of words: averaged word vectors", needs: .itemText,
    options: [
      OptionSpec(
        "fields", .fields, list: true, "item fields to read; title, genres, text and description, where there are such"),
      OptionSpec("vectors", .path, "a file of GloVe or word2vec; without one vectors are trained on the items' texts"),
      .count("k", default: 100, in: 1...2_000, unit: "dimensions", "dimensions of vectors that are trained"),
      .count("window", default: 5, in: 1...1_000, unit: "words", "how far apart words stand near each other"),
      OptionSpec("shift", .number(1...1_000), default: "1", "how many times chance words must exceed to count as near"),
      OptionSpec("smooth", .number(0...1), default: "0.75", "power of a context's frequency, for rare contexts"),
      .count("min", default: 1, unit: "items", "words in fewer items get no vector; of vectors that are trained"),
      OptionSpec("a", .number(1e-9...1e9), default: "0.001", "a word of frequency p counts a/(a + p)"),
      .flag("remove", default: true, "take away the first component of all items' vectors"),
      .choice(
        "stop", default: "none",
        [Choice("none", "keep every word"), Choice("english", "leave out 318 English words without content")],
        "words to leave out"),
      OptionSpec("seed", .count(0...Int.max), "start of the iteration, without effect beyond its tolerance"),
    ],
    examples: ["embed", "embed k=20 window=10 shift=2 remove=off"], uses: [],
    notes: """
      An item is the average of the vectors of its words, each weighed by a/(a + p) with its frequency p among the words of \
      all items, less the first singular component of all items; labels count by their words. Profile and score are those \
      of tfidf: what lies above the user's own mean, and the cosine. vectors= reads GloVe's text, word2vec's text and its \
      binary form, recognised by content, and only the words that occur; a word that is written in another case is found, \
      too. Without a file the vectors are U √Σ of the words' positive pointwise mutual information within a window. Words \
      without a vector are counted; items without any other are not scored. With few items of one or two topics the first \
      component is the topic: remove=off. It predicts no ratings.
      """,
    source: """
      Arora, Liang & Ma 2017 (weights), openreview.net/forum?id=SyK00v5xx; Levy & Goldberg 2014 (shifted PPMI); \
      Levy, Goldberg & Dagan 2015 (smoothing), doi:10.1162/tacl_a_00134; Pennington, Socher & Manning 2014 (GloVe), \
      doi:10.3115/v1/D14-1162
      """,
    models: WordEmbedding.self
  ) { dataset, options, training in
    let configuration = WordEmbedding.Configuration(options)
    let model = try WordEmbedding(dataset, configuration, training)
    var warnings: [TrainingWarning] = []
    if configuration.path == nil, model.rank < configuration.dimensions {
      warnings.append(.factorsLowered(asked: configuration.dimensions, rank: model.rank))
    }
    if model.emptyCount > 0 { warnings.append(.itemsWithoutText(count: model.emptyCount)) }
    return TrainedRecommender(model, warnings: warnings)
  }
}

extension WordEmbedding.Configuration {
  /// What the options of `embed` ask for.
  fileprivate init(_ options: OptionValues) {
    self.init()
    fields = options.words("fields")
    path = options.word("vectors")
    dimensions = options.count("k") ?? dimensions
    cooccurrences.window = options.count("window") ?? cooccurrences.window
    cooccurrences.shift = options.number("shift") ?? cooccurrences.shift
    cooccurrences.smoothing = options.number("smooth") ?? cooccurrences.smoothing
    minimumItems = options.count("min") ?? minimumItems
    smoothing = options.number("a") ?? smoothing
    removesFirst = options.flag("remove") ?? removesFirst
    stopWords = options.word("stop") == "english" ? .english : .none
    seed = options.count("seed").map { UInt64($0) }
  }
}
