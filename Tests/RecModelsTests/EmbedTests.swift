import FoundationEssentials
import RecData
import RecKernels
import RecModels
import Testing

/// Averages of word vectors against NumPy, and what `embed` makes of items and users: Reference/embed.py.
@Suite struct EmbedTests {
  @Test(arguments: [
    ("file a=0.001", "vectors-glove.txt"), ("file a=0.001", "vectors-word2vec.txt"),
    ("file a=0.001", "vectors-word2vec.bin"), ("file a=0.5 remove=off", "vectors-glove.txt"), ("k=6", nil),
    ("k=9 window=2 shift=1.5 smooth=1 remove=off", nil), ("k=5 window=20 min=8 a=0.1", nil),
  ])
  func `finds items as alike as NumPy does`(kind: String, file: String?) throws {
    var given: [String: OptionValue] = ["fields": .words(["title", "labels"])]
    for word in kind.split(separator: " ") where word != "file" {
      let sides = word.split(separator: "=").map(String.init)
      let option = try #require(Algorithm.embed.options.first { $0.name == sides[0] })
      given[option.name] = option.value(sides[1])
    }
    if let file { given["vectors"] = .word(Self.folder + file) }
    let trained = try trainModel(
      named: "embed", on: try texts(), options: Algorithm.embed.options(with: given), training: .threads(2))
    let model = trained.model.recommender
    var compared = 0
    for row in try ReferenceFile.rows("embed-expected.csv", separator: ",") where row[0] == kind {
      let (first, second) = (try #require(Int(row[1])), try #require(Int(row[2])))
      let found = try #require(model.similarities(to: ItemIndex(first)))[second]
      compared += 1
      // NumPy leaves rounding where nothing is left of an item, and ours a zero; vectors are Float.
      guard let expected = Double(row[3]) else {
        #expect(found.isNaN, "\(kind) \(first) \(second)")
        continue
      }
      #expect(abs(Double(found) - expected) < 5e-5, "\(kind) \(first) \(second)")
    }
    #expect(compared == 190)
    if file != nil {
      // Of the words of the texts, three have no vector.
      #expect(model.facts.first { $0.name == "unknown_words" }?.value == .count(3))
    }
  }

  @Test func `scores items that nobody rated, and none without a word that it knows`() throws {
    let data = try texts()
    let options = Algorithm.embed.options(with: ["vectors": .word(Self.folder + "vectors-glove.txt")])
    let trained = try trainModel(named: "embed", on: data, options: options, training: .threads(1))
    #expect(trained.warnings == [.itemsWithoutText(count: 1)])
    let model = trained.model.recommender
    let history = History(user: nil, items: [0, 1], values: [5, 1])
    let scores = model.scores(history)
    #expect(scores[48] == -.infinity && scores[4].isFinite)
    #expect(model.explain(history, item: ItemIndex(48)) == nil)
    // What was rated below the mean counts for nothing.
    #expect(scores == model.scores(History(user: nil, items: [0], values: [3])))
    #expect(model.explain(history, item: ItemIndex(4))?.parts.count == 1)
  }

  @Test func `says what is wrong with words and files`() throws {
    let data = try texts()
    func train(_ given: [String: OptionValue]) throws {
      _ = try trainModel(
        named: "embed", on: data, options: Algorithm.embed.options(with: given), training: .threads(1))
    }
    #expect(throws: TrainingError.noField("plot", known: ["title", "labels"])) {
      try train(["fields": .words(["plot"])])
    }
    #expect(throws: DataError.self) { try train(["vectors": .word(Self.folder + "no such file")]) }
    #expect(throws: TrainingError.self) { try train(["min": .count(1_000)]) }
    let bare = Dataset([Entry(0, 0, 5)], users: 1, items: 1, fields: [("title", .text(TextColumn(["?"])))])
    #expect(throws: TrainingError.noText(fields: ["title"])) {
      try trainModel(named: "embed", on: bare, training: .threads(1))
    }
  }

  private func texts() throws -> Dataset {
    let rows = try ReferenceFile.rows("embed-texts.tsv", separator: "\t")
    return Dataset(
      [], users: 0, items: rows.count,
      fields: [
        ("title", .text(TextColumn(rows.map { $0[0] }))),
        ("labels", .categories(CategoryColumn(rows.map { $0[1].split(separator: "|").map(String.init) }))),
      ])
  }

  private static let folder =
    #filePath.split(separator: "/").dropLast().reduce(into: "") { $0 += "/" + $1 } + "/Reference/"
}
