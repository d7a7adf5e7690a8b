import FoundationEssentials
import RecData
import RecModels
import Testing

/// What every model promises, put to every algorithm of the catalog and to blends.
@Suite struct ConformanceTests {
  @Test func `every file of the folder is an algorithm of the catalog`() throws {
    let folder = #filePath.split(separator: "/").dropLast(4).reduce(into: "") { $0 += "/" + $1 }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/Sources/RecModels/Algorithms")
    let names = files.filter { $0.hasSuffix(".swift") }.map { $0.dropLast(6).lowercased() }
    #expect(names.sorted() == AlgorithmCatalog.all.map(\.name).sorted())
  }

  @Test func `every algorithm describes itself`() {
    for algorithm in AlgorithmCatalog.all {
      #expect(!algorithm.examples.isEmpty && !algorithm.notes.isEmpty && algorithm.source.contains("doi:"))
      for option in algorithm.options {
        #expect(
          (option.defaultText == nil) == (option.defaultValue == nil), "\(algorithm.name) \(option.name) has a default")
      }
    }
  }

  @Test(arguments: Subject.all, [8, 17])
  func `ranks the withheld diagonal of a checkerboard first`(subject: Subject, size: Int) throws {
    for (scale, events) in [(1...5, false), (-10...10, false), (0...100, false), (1...1, true)]
      as [(ClosedRange<Float>, Bool)]
    {
      let data = Dataset.checkerboard(size, scale: scale, events: events)
      let model = try subject.train(data, .threads(1)).model
      // Where an option says that to rate at all is to like, a low rating is no dislike.
      if !events, subject.isVariant, !model.recommender.predictsRatings { continue }
      for user in 0..<size {
        let history = data.history(of: UserIndex(user))
        let scores = model.recommender.scores(history)
        #expect(scores.allSatisfy { $0.isFinite })
        if subject.isPersonal { #expect(best(scores, except: history.items) == user, "\(scale) user \(user)") }
      }
    }
  }

  @Test(arguments: Subject.all)
  func `gives the same bits for any number of threads`(subject: Subject) throws {
    let data = Dataset.chance(users: 90, items: 70)
    let histories = (0..<90).map { data.history(of: UserIndex($0)) } + [.unknown]
    let expected = try subject.train(data, .threads(1)).model.recommender
    for threads in [2, 7, 16] {
      let other = try subject.train(data, .threads(threads)).model.recommender
      for history in histories { #expect(expected.bits(history) == other.bits(history)) }
    }
  }

  @Test(arguments: Subject.all)
  func `lists the best scores of one user and of many, without what is hidden`(subject: Subject) throws {
    let data = Dataset.chance(users: 40, items: 70)
    let model = try subject.train(data, .threads(2)).model.recommender
    let histories = (0..<40).map { data.history(of: UserIndex($0)) }
    for histories in [histories, histories + [.unknown], [], [histories[3]]] {
      for rule in [
        ListRule(length: 10, hidesSeen: true), ListRule(length: 100, hidesSeen: false),
        ListRule(length: 0, hidesSeen: true),
        ListRule(length: 3, hidesSeen: true, allowed: (0..<70).map { $0 % 3 > 0 }),
      ] {
        #expect(model.lists(for: histories, rule) == histories.map { model.plainList($0, rule) })
      }
    }
  }

  @Test func `takes another order of chance for another seed`() throws {
    let data = Dataset.chance(users: 4, items: 30)
    let history = data.history(of: UserIndex(1))
    func bits(_ options: [String: OptionValue], seed: UInt64) throws -> [UInt32] {
      let options = Algorithm.random.options(with: options)
      return try trainModel(named: "random", on: data, options: options, training: .threads(1, seed: seed)).model
        .recommender.bits(history)
    }
    #expect(try bits([:], seed: 1) != bits([:], seed: 2))
    #expect(try bits(["seed": .count(2)], seed: 1) == bits([:], seed: 2))
  }

  @Test(arguments: Subject.all)
  func `scores a user alone and in a block with the same bits`(subject: Subject) throws {
    let data = Dataset.chance(users: 9, items: 37)
    let model = try subject.train(data, .threads(1)).model.recommender
    let histories = [.unknown] + (0..<9).map { data.history(of: UserIndex($0)) } + [.unknown]
    var block = [Float](repeating: .nan, count: histories.count * 37)
    var span = block.mutableSpan
    model.score(histories, into: &span)
    #expect(block.map(\.bitPattern) == histories.flatMap { model.bits($0) })
  }

  @Test(arguments: Subject.all)
  func `folds an identical history in with the bits of the trained user`(subject: Subject) throws {
    guard subject.foldsInExactly else { return }
    let data = Dataset.chance(users: 12, items: 20)
    let model = try subject.train(data, .threads(1)).model
    for user in 0..<12 {
      let known = data.history(of: UserIndex(user))
      let folded = History(user: nil, items: known.items, values: known.values)
      #expect(model.recommender.bits(known) == model.recommender.bits(folded))
    }
  }

  @Test(arguments: Subject.all)
  func `ranks for somebody new what it ranks for a user of the same history`(subject: Subject) throws {
    guard subject.isPersonal else { return }
    var data = Dataset.checkerboard(17)
    var model = try subject.train(data, .threads(1)).model
    if !model.recommender.predictsRatings {
      data = Dataset.checkerboard(17, events: true)
      model = try subject.train(data, .threads(1)).model
    }
    for user in 0..<17 {
      let known = data.history(of: UserIndex(user))
      let folded = History(user: nil, items: known.items, values: known.values)
      #expect(best(model.recommender.scores(folded), except: known.items) == user)
    }
  }

  @Test(arguments: Subject.all)
  func `answers unknown ids, and leaves out what it does not have`(subject: Subject) throws {
    let data = Dataset.chance(users: 12, items: 20)
    var model = try subject.train(data, .threads(1)).model
    #expect(model.history(of: "nobody") == .unknown)
    model.fold([("no such item", 5), ("7", 5), ("3", 1)], of: "me")
    let history = model.history(of: "me")
    #expect(history == History(user: nil, items: [3, 7], values: [1, 5]))
    for history in [.unknown, history] {
      #expect(model.recommender.scores(history).allSatisfy { $0.isFinite })
      guard model.recommender.predictsRatings else { continue }
      #expect(model.recommender.predict(history, items: [0, 7, 19]).allSatisfy { $0.isFinite })
    }
  }

  @Test(arguments: Subject.all)
  func `predicts the rating that it ranks by`(subject: Subject) throws {
    let data = Dataset.chance(users: 12, items: 40)
    let model = try subject.train(data, .threads(1)).model.recommender
    guard model.predictsRatings && model.ranksByRating else { return }
    for history in [.unknown] + (0..<12).map({ data.history(of: UserIndex($0)) }) {
      let scores = model.bits(history)
      #expect(model.predict(history, items: (0..<40).map { Int32($0) }).map(\.bitPattern) == scores)
      #expect(model.predict(history, items: [3, 39]).map(\.bitPattern) == [scores[3], scores[39]])
    }
  }

  @Test(arguments: Subject.all)
  func `splits every score into parts that sum to it`(subject: Subject) throws {
    let data = Dataset.chance(users: 12, items: 40)
    let model = try subject.train(data, .threads(1)).model.recommender
    for history in [.unknown] + (0..<12).map({ data.history(of: UserIndex($0)) }) {
      let scores = model.scores(history)
      for item in 0..<40 {
        let explanation = try #require(model.explain(history, item: ItemIndex(item)))
        // Scores are rounded to Float at every step; explanations are not.
        #expect(abs(explanation.score - Double(scores[item])) < 1e-5 * max(1, abs(Double(scores[item]))))
        #expect(abs(sum(explanation.parts) - explanation.score) < 1e-12)
        for part in explanation.parts where !part.parts.isEmpty {
          #expect(abs(sum(part.parts) - part.value) < 1e-9)
        }
      }
    }
  }

  @Test(arguments: Subject.all)
  func `says how alike items are, or that it cannot`(subject: Subject) throws {
    let data = Dataset.chance(users: 12, items: 20)
    let model = try subject.train(data, .threads(1)).model.recommender
    guard model.comparesItems else {
      #expect(model.similarities(to: ItemIndex(0)) == nil)
      return
    }
    for item in 0..<20 {
      let similarities = try #require(model.similarities(to: ItemIndex(item)))
      #expect(similarities.count == 20)
      #expect(similarities.allSatisfy { $0.isNaN || abs($0) <= 1.00001 })
      // An item whose ratings are all at what is subtracted has no direction.
      #expect(similarities[item].isNaN || abs(similarities[item] - 1) < 1e-5)
    }
  }

  private func sum(_ parts: [Explanation.Part]) -> Double { parts.reduce(0) { $0 + $1.value } }
}

extension Recommender {
  /// All scores, sorted, without what the rule hides.
  fileprivate func plainList(_ history: History, _ rule: ListRule) -> [ScoredItem] {
    let scores = scores(history)
    let items = (0..<Int32(itemCount)).filter { item in
      !(rule.hidesSeen && history.items.contains(item)) && rule.allowed?[Int(item)] != false
        && scores[Int(item)] > -.infinity
    }
    return items.sorted { (scores[Int($1)], $0) < (scores[Int($0)], $1) }.prefix(rule.length)
      .map { ScoredItem(item: $0, score: scores[Int($0)]) }
  }
}
