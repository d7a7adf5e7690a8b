import RecAlgebra
import RecData
import RecKernels
import RecModels
import Testing

/// Lists that end as soon as they are certain are those of all scores, bit for bit.
@Suite struct BoundedListsTests {
  private static let data = try? GeneratedWorld(
    GenerationOptions(users: 80, items: 1500, ratings: 6000, seed: 5), execution: Execution(threadCount: 2)
  ).dataset(execution: Execution(threadCount: 2))

  @Test(arguments: ["svd", "als", "mf", "nmf", "svdpp", "bpr"], [1, 10, 700])
  func `prepared lists have the items and the bits of all scores`(_ algorithm: String, _ length: Int) throws {
    let data = try #require(Self.data)
    var options = try #require(AlgorithmCatalog[algorithm]).defaults
    options = OptionValues(
      options.entries.map { entry in
        switch entry.name {
        case "k": ("k", .count(9))
        case "epochs": ("epochs", .count(2))
        default: entry
        }
      })
    let model = try trainModel(
      named: algorithm, on: data, options: options, training: Training(seed: 3, execution: Execution(threadCount: 2))
    ).model
    var allowed = [Bool](repeating: true, count: data.entities.items.count)
    for item in stride(from: 0, to: allowed.count, by: 3) { allowed[item] = false }
    let histories =
      (0..<40).map { data.history(of: UserIndex($0)) } + [.unknown]
      + [History(user: nil, items: [3, 40, 900], values: [5, 4, 1])]
    for hidesSeen in [true, false] {
      for mask in [nil, allowed] {
        let rule = ListRule(length: length, hidesSeen: hidesSeen, allowed: mask)
        let whole = histories.map { Self.list($0, model.recommender, rule) }
        #expect(model.recommender.lists(for: histories, rule) == whole)
        #expect(model.recommender.prepareLists(userCount: 80))
        #expect(model.recommender.lists(for: histories, rule) == whole)
      }
    }
  }

  @Test func `of equal scores the smaller item comes first, wherever it stands`() throws {
    // Every item of a kind has the same factors, so that ties cross the places at which a pass may end.
    let count = 1000
    let matrix = (0..<30).map { user in (0..<count).map { Float((user + $0) % 3 == 0 ? 5 : 0) } }
    var offsets = [0]
    var columns: [Int32] = []
    for row in matrix {
      columns += row.indices.filter { row[$0] > 0 }.map { Int32($0) }
      offsets.append(columns.count)
    }
    let data = Dataset(
      name: "ties",
      entities: Entities(
        users: Vocabulary(sorted: .numbers((0..<30).map { Int64($0) })),
        items: Vocabulary(sorted: .numbers((0..<count).map { Int64($0) }))),
      interactions: SparseRows(
        rowCount: 30, columnCount: count, offsets: offsets, columns: columns,
        values: [Float](repeating: 5, count: columns.count)),
      feedback: .ratings(RatingScale(lowest: 0, highest: 5, relevant: 4)))
    let algorithm = try #require(AlgorithmCatalog["svd"])
    let model = try trainModel(
      named: "svd", on: data, options: algorithm.options(with: ["k": .count(2), "center": .word("none")]),
      training: Training(seed: 3, execution: Execution(threadCount: 2))
    ).model
    let rule = ListRule(length: 20, hidesSeen: false)
    let histories = (0..<30).map { data.history(of: UserIndex($0)) }
    let whole = histories.map { Self.list($0, model.recommender, rule) }
    #expect(model.recommender.prepareLists(userCount: 30))
    #expect(model.recommender.lists(for: histories, rule) == whole)
  }

  @Test(
    arguments: [
      [1, 1, 1], [.nan, 1, 1], [.infinity, 0, 0], [3e38, 3e38, 3e38], [0x1p-75, 0x1p-75, 0x1p-75], [0, 0, 0],
      [-1e-30, 1e30, 1],
    ] as [[Float]])
  func `factors of any size, and such that are no numbers, give the lists of all scores`(_ user: [Float]) {
    // Not a multiple of a panel; the first have products below the normal numbers that round up.
    let count = 1003
    var items = DenseMatrix(rowCount: count, columnCount: 3)
    for item in 0..<count {
      let row: [Float] =
        item < 600
        ? [7 * 0x1p-74, 0, 0] : item < 900 ? [0.6 * 0x1p-74, 0.6 * 0x1p-74, 0.6 * 0x1p-74] : [Float(item), -1, 2]
      for (place, value) in row.enumerated() { items[item, place] = value }
    }
    for length in [1, 3, 20, 2000] {
      for last in [600, 900, 1003] {
        let scorer = BilinearScorer(itemFactors: items, canScore: { $0 < last && $0 % 50 != 1 })
        var factors = DenseMatrix(rowCount: 1, columnCount: 3)
        for (place, value) in user.enumerated() { factors[0, place] = value }
        let history = History(user: nil, items: [0, 700], values: [1, 1])
        let rule = ListRule(length: length, hidesSeen: true)
        let whole = scorer.lists(factors: factors, for: [history], rule)
        #expect(scorer.prepareLists(userLength: 1))
        #expect(scorer.lists(factors: factors, for: [history], rule) == whole)
      }
    }
  }

  /// All scores, sorted.
  private static func list(_ history: History, _ recommender: any Recommender, _ rule: ListRule) -> [ScoredItem] {
    let scores = recommender.scores(history)
    let seen = Set(rule.hidesSeen ? history.items : [])
    return scores.indices
      .filter { scores[$0] > -.infinity && !seen.contains(Int32($0)) && rule.allowed?[$0] ?? true }
      .sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
      .prefix(rule.length).map { ScoredItem(item: Int32($0), score: scores[$0]) }
  }
}
