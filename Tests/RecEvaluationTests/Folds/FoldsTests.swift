import RecAlgebra
import RecData
import RecEvaluation
import RecKernels
import Testing

/// What every rule for folds must hold.
struct FoldsTests {
  private static let rows = SplitRuleTests.rows

  private func folds(
    _ rule: FoldRule, rows: [Row] = rows, count: Int = 4, seed: UInt64 = 42, repetition: Int = 0, threads: Int = 1,
    hasTimes: Bool = true
  ) throws -> [Folds.Fold] {
    let execution = Execution(threadCount: threads)
    let folds = try Folds(
      Dataset(rows, hasTimes: hasTimes), count: count, by: rule, seed: seed, repetition: repetition,
      execution: execution)
    return try (0..<folds.count).map { try folds.fold($0, execution: execution) }
  }

  @Test(arguments: FoldRule.allCases) func `sides are disjoint, and each rating is tested at most once`(rule: FoldRule)
    throws
  {
    var tested: [Row] = []
    for fold in try folds(rule) {
      let (train, test) = (Set(fold.train.rows), Set(fold.test.rows))
      #expect(train.isDisjoint(with: test) && !train.isEmpty && !test.isEmpty)
      #expect(fold.train.role == .train && fold.test.role == .test && fold.train.entities == fold.test.entities)
      if rule != .time { #expect(train.union(test) == Set(Self.rows)) }
      tested += test
    }
    #expect(Set(tested).count == tested.count)
    let single = Dictionary(grouping: Self.rows, by: \.user).values.filter { $0.count == 1 }.count
    switch rule {
    case .user: #expect(tested.count == Self.rows.count - single)
    case .time: #expect(tested.count < Self.rows.count)
    case .random, .coldUser, .coldItem: #expect(tested.count == Self.rows.count)
    }
  }

  @Test(arguments: FoldRule.allCases) func `order of the file and number of threads change nothing`(rule: FoldRule)
    throws
  {
    let expected = try folds(rule).map(\.test.rows)
    #expect(try folds(rule, rows: Self.rows.reversed()).map(\.test.rows) == expected)
    #expect(try folds(rule, threads: 3).map(\.test.rows) == expected)
  }

  @Test(arguments: [FoldRule.random, .user, .coldUser, .coldItem])
  func `another seed and another repetition part otherwise`(rule: FoldRule) throws {
    let first = try folds(rule).map(\.test.rows)
    #expect(try folds(rule, seed: 43).map(\.test.rows) != first)
    #expect(try folds(rule, repetition: 1).map(\.test.rows) != first)
  }

  @Test func `user spreads each user's ratings over the folds`() throws {
    let tests = try folds(.user).map { Dictionary(grouping: $0.test.rows, by: \.user).mapValues(\.count) }
    for (user, rows) in Dictionary(grouping: Self.rows, by: \.user) where rows.count > 1 {
      let counts = tests.map { $0[user] ?? 0 }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1 && counts.reduce(0, +) == rows.count)
    }
  }

  @Test func `cold rules keep users and items whole`() throws {
    for fold in try folds(.coldUser) {
      #expect(Set(fold.train.rows.map(\.user)).isDisjoint(with: fold.test.rows.map(\.user)))
    }
    for fold in try folds(.coldItem) {
      #expect(Set(fold.train.rows.map(\.item)).isDisjoint(with: fold.test.rows.map(\.item)))
    }
  }

  @Test func `time trains on the past of each fold alone, and on ever more`() throws {
    let folds = try folds(.time)
    for fold in folds {
      let (trained, tested) = (fold.train.times, fold.test.times)
      #expect(try #require(trained.max()) < #require(tested.min()))
    }
    #expect(folds.map(\.train.count) == folds.map(\.train.count).sorted())
    // The last stretch ends with the newest rating.
    #expect(folds.last?.test.times.max() == Self.rows.map(\.time).max())
  }

  @Test func `what a split by hash has left is parted evenly, too`() throws {
    let split = try Dataset(Self.rows).split(
      by: #require(SplitCatalog["random"]), SplitRule.Request(test: 0.25, seed: 42),
      execution: Execution(threadCount: 1))
    let folds = try Folds(split.train, count: 4, by: .random, seed: 42, execution: Execution(threadCount: 1))
    let sizes = try (0..<4).map { try folds.fold($0, execution: Execution(threadCount: 1)).test.count }
    // Binomial: 4 standard deviations of a fold are less than half its size.
    #expect(sizes.allSatisfy { abs($0 - split.train.count / 4) < split.train.count / 8 })
  }

  @Test func `nothing to part, missing times and empty folds are errors`() {
    #expect(throws: SplitError.nothingToSplit) { try folds(.random, rows: []) }
    #expect(throws: SplitError.noTimes(rule: "time")) { try folds(.time, hasTimes: false) }
    #expect(throws: SplitError.self) {
      try folds(.coldUser, rows: [Row(user: "1", item: "1"), Row(user: "1", item: "2")])
    }
    #expect(throws: SplitError.self) {
      try folds(.time, rows: (1...9).map { Row(user: "1", item: String($0), time: 7) })
    }
  }
}
