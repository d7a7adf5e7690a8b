import RecAlgebra
import RecData
import RecKernels
import RecModels
import Testing

/// Words, stems and weights against scikit-learn and the paper; the scripts are in `Reference`.
@Suite struct TextTests {
  @Test func `finds the tokens that scikit-learn finds`() throws {
    let texts = try ReferenceFile.rows("tfidf-texts.tsv", separator: "\t")
    let tokens = try ReferenceFile.rows("tfidf-tokens.tsv", separator: "\t")
    #expect(texts.count == tokens.count)
    for (text, expected) in zip(texts, tokens) {
      // Compared by scalars: strings would take composed and combining accents for the same.
      let found = Tokenizer().tokens(of: text[0]).map { Array($0.unicodeScalars) }
      #expect(found == expected.filter { !$0.isEmpty }.map { Array($0.unicodeScalars) })
    }
  }

  @Test(arguments: ["default", "bigrams", "sublinear", "minimum", "english"])
  func `weighs terms as scikit-learn does`(setting: String) throws {
    var vectorizer = TextVectorizer()
    switch setting {
    case "bigrams": vectorizer.ngrams = 1...2
    case "sublinear": vectorizer.isSublinear = true
    case "minimum": vectorizer.minimumDocuments = 2
    case "english":
      vectorizer.ngrams = 1...2
      vectorizer.tokenizer = Tokenizer(stopWords: .english)
    default: break
    }
    let texts = try ReferenceFile.rows("tfidf-texts.tsv", separator: "\t").map { $0[0] }
    let table = FieldTable([("text", .text(TextColumn(texts)))])
    let vectors = try vectorizer.vectors(
      of: ["text"], in: table, itemCount: texts.count, execution: Execution(threadCount: 1))
    var found: [[UInt8]: Double] = [:]
    for item in 0..<texts.count {
      for entry in vectors.items.row(item) {
        let key = Array("\(item)\t".utf8) + vectors.terms.utf8(Int(vectors.items.columns[entry]))
        found[key] = Double(vectors.items.values[entry])
      }
    }
    let expected = try ReferenceFile.rows("tfidf-weights.tsv", separator: "\t").filter { $0[0] == setting }
    #expect(found.count == expected.count)
    for row in expected {
      let weight = try #require(found[Array("\(row[1])\t\(row[2])".utf8)], "\(row)")
      let value = try #require(Double(row[3]))
      #expect(abs(weight - value) < 1e-6, "\(row)")
    }
  }

  @Test func `gives the cosines of the guide's three documents`() throws {
    let texts = try ReferenceFile.rows("tfidf-texts.tsv", separator: "\t").prefix(3).map { $0[0] }
    let data = Dataset([], users: 0, items: 3, fields: [("text", .text(TextColumn(texts)))])
    let model = try trainModel(named: "tfidf", on: data, training: .threads(1)).model.recommender
    for row in try ReferenceFile.rows("tfidf-weights.tsv", separator: "\t") where row[0] == "cosine" {
      let (item, other) = (try #require(Int(row[1])), try #require(Int(row[2])))
      let similarities = try #require(model.similarities(to: ItemIndex(item)))
      let value = try #require(Double(row[3]))
      #expect(abs(Double(similarities[other]) - value) < 1e-6)
    }
  }

  @Test func `finds the stems of the paper's algorithm`() throws {
    for row in try ReferenceFile.rows("porter-stems.tsv", separator: "\t") {
      #expect(PorterStemmer.stem(row[0]) == row[1])
    }
  }

  /// Porter 1980, the examples of section 3 that end where their step leaves them.
  @Test(arguments: [
    ("caresses", "caress"), ("ponies", "poni"), ("ties", "ti"), ("cats", "cat"), ("feed", "feed"),
    ("plastered", "plaster"), ("motoring", "motor"), ("hopping", "hop"), ("falling", "fall"), ("filing", "file"),
    ("happy", "happi"), ("sky", "sky"), ("generalizations", "gener"), ("oscillators", "oscil"), ("roll", "roll"),
    ("controll", "control"), ("rate", "rate"), ("cease", "ceas"), ("adoption", "adopt"), ("connections", "connect"),
  ])
  func `stems the paper's examples`(word: String, stem: String) { #expect(PorterStemmer.stem(word) == stem) }

  @Test(arguments: ["", "s", "ion", "été", "x2000s", String(repeating: "y", count: 100_000)])
  func `leaves what is no English word in peace`(word: String) {
    let stem = PorterStemmer.stem(word)
    #expect(word == "s" ? stem.isEmpty : stem == word)
  }

  @Test func `has scikit-learn's English stop words`() {
    #expect(StopWords.english.count == 318)
    #expect(Tokenizer(stopWords: .english).tokens(of: "This is the End of the matter") == ["end", "matter"])
  }

  @Test func `stems after stop words went, and keeps one-letter stems`() {
    #expect(Tokenizer(stems: true).tokens(of: "Running is fun") == ["run", "i", "fun"])
  }
}
