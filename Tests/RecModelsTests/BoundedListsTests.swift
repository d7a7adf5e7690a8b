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
