import RecAlgebra
import RecData
import RecEvaluation
import RecKernels
import Testing

/// What every rule of the catalog must hold.
struct SplitRuleTests {
  /// 60 users with 1 to 30 ratings of 80 items, times in which ties occur.
  static let rows: [Row] = {
    var generator = FixedGenerator(5)
    return (1...60).flatMap { user in
      (1...80).shuffled(using: &generator).prefix(Int.random(in: 1...30, using: &generator)).map { item in
        Row(
          user: String(user), item: String(item), value: Float(Int.random(in: 1...5, using: &generator)),
          time: Int64.random(in: 0..<40, using: &generator))
      }
    }
  }()

  private func split(
    _ rows: [Row], _ rule: String, test: Double = 0.25, valid: Double = 0.1, moment: Int64? = nil, seed: UInt64 = 42,
    threads: Int = 1, hasTimes: Bool = true
  ) throws -> Split {
    let request = SplitRule.Request(test: test, valid: valid, moment: moment, seed: seed)
    return try Dataset(rows, hasTimes: hasTimes).split(
      by: #require(SplitCatalog[rule]), request, execution: Execution(threadCount: threads))
  }

  @Test func `every file of the folder has its line in the catalog`() throws {
    let files = try ReferenceFile.sources("Splits").filter { $0.hasSuffix("Split") && $0 != "Dataset+Split" }
    #expect(files.count == SplitCatalog.rules.count)
    #expect(Set(SplitCatalog.rules.map(\.name)).count == SplitCatalog.rules.count)
  }

  @Test(arguments: SplitCatalog.rules.map(\.name))
  func `sides are disjoint, complete and keep values and times`(rule: String) throws {
    let split = try split(Self.rows, rule)
    let sides = split.sides.map { Set($0.rows) }
    #expect(sides.count == 3)
    #expect(sides.reduce(0) { $0 + $1.count } == Self.rows.count)
    #expect(sides.reduce(into: Set()) { $0.formUnion($1) } == Set(Self.rows))
    #expect(split.sides.map(\.role) == [.train, .valid, .test])
    #expect(split.sides.allSatisfy { $0.entities == split.train.entities })
  }

  @Test(arguments: SplitCatalog.rules.map(\.name))
  func `the order of the file and the number of threads change nothing`(rule: String) throws {
    let expected = try split(Self.rows, rule).sides.map(\.interactions)
    #expect(try split(Self.rows.reversed(), rule).sides.map(\.interactions) == expected)
    for threads in [2, 7] {
      #expect(try split(Self.rows, rule, threads: threads).sides.map(\.interactions) == expected)
    }
  }

  @Test(arguments: ["random", "user", "cold-user", "cold-item"])
  func `another seed chooses other rows`(rule: String) throws {
    #expect(try split(Self.rows, rule).test.rows != split(Self.rows, rule, seed: 43).test.rows)
  }

  @Test func `random keeps the side of a rating when other ratings go`() throws {
    let some = Self.rows.filter { $0.item.count == 2 }
    let kept = Set(try split(Self.rows, "random").test.rows).intersection(some)
    #expect(try Set(split(some, "random").test.rows) == kept)
  }

  @Test(arguments: [(1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (10, 4)])
  func `user tests the share of each user's ratings, half up, and leaves one`(count: Int, tested: Int) throws {
    let own = (1...count).map { Row(user: "1", item: String($0)) }
    let others = (1...10).map { Row(user: "2", item: String($0)) }
    let split = try split(own + others, "user", test: 0.375, valid: 0)
    #expect(split.test.rows.count { $0.user == "1" } == tested)
    #expect(split.valid == nil)
  }

  @Test func `user leaves one rating to train on however large the shares are`() throws {
    let split = try split(Self.rows, "user", test: 0.9, valid: 0.09)
    let trained = Dictionary(grouping: split.train.rows, by: \.user).mapValues(\.count)
    #expect(Set(trained.keys) == Set(Self.rows.map(\.user)))
  }

  @Test func `time cuts at a moment`() throws {
    let split = try split(Self.rows, "time", valid: 0, moment: 30)
    #expect(split.test.rows.allSatisfy { $0.time >= 30 } && split.train.rows.allSatisfy { $0.time < 30 })
  }

  @Test func `time does not part equal times, and validation lies before the test`() throws {
    let rows = [1, 2, 2, 3, 3, 3, 4, 5, 5, 5].enumerated().map {
      Row(user: String($0.offset), item: "1", time: $0.element)
    }
    let split = try split(rows, "time", test: 0.2, valid: 0.2)
    #expect(split.test.rows.map(\.time) == [5, 5, 5])
    #expect(split.valid?.rows.map(\.time) == [3, 3, 3, 4])
  }

  @Test func `last tests each user's newest rating and leaves a single one`() throws {
    let split = try split(Self.rows, "last", valid: 0)
    for (user, rows) in Dictionary(grouping: Self.rows, by: \.user) {
      let tested = split.test.rows.filter { $0.user == user }
      #expect(tested.count == (rows.count > 1 ? 1 : 0))
      if let only = tested.first { #expect(only.time == rows.map(\.time).max()) }
    }
  }

  @Test func `cold rules part users and items whole`() throws {
    let users = try split(Self.rows, "cold-user").sides.map { Set($0.rows.map(\.user)) }
    #expect(users[0].isDisjoint(with: users[1]) && users[0].union(users[1]).isDisjoint(with: users[2]))
    let items = try split(Self.rows, "cold-item").sides.map { Set($0.rows.map(\.item)) }
    #expect(items[0].isDisjoint(with: items[1]) && items[0].union(items[1]).isDisjoint(with: items[2]))
  }

  @Test func `a share of nothing, of less or of all is an error`() {
    #expect(throws: SplitError.shareOutOfBounds(option: "test", share: -0.2)) {
      try split(Self.rows, "user", test: -0.2)
    }
    #expect(throws: SplitError.shareOutOfBounds(option: "test", share: 1)) { try split(Self.rows, "user", test: 1) }
    #expect(throws: SplitError.shareOutOfBounds(option: "valid", share: 7)) { try split(Self.rows, "user", valid: 7) }
    #expect(throws: SplitError.sharesTooLarge(test: 0.5, valid: 0.5)) {
      try split(Self.rows, "user", test: 0.5, valid: 0.5)
    }
    #expect(throws: SplitError.nothingHeldOut) { try split(Self.rows, "user", test: 0, valid: 0) }
    #expect(throws: SplitError.self) { try split(Self.rows, "user", test: .nan) }
  }

  @Test func `an empty dataset, missing times and empty sides are errors`() {
    #expect(throws: SplitError.nothingToSplit) { try split([], "random") }
    #expect(throws: SplitError.noTimes(rule: "time")) { try split(Self.rows, "time", hasTimes: false) }
    #expect(throws: SplitError.noTimes(rule: "last")) { try split(Self.rows, "last", hasTimes: false) }
    #expect(throws: SplitError.momentNotTaken(rule: "random")) { try split(Self.rows, "random", moment: 5) }
    #expect(throws: SplitError.momentOutside(moment: 99, earliest: 0, latest: 39)) {
      try split(Self.rows, "time", moment: 99)
    }
    #expect(throws: SplitError.emptySide(.test, ratings: 1)) {
      try split([Row(user: "1", item: "1")], "user", valid: 0)
    }
    #expect(throws: SplitError.emptySide(.train, ratings: 3)) {
      try split((1...3).map { Row(user: "1", item: String($0), time: 7) }, "time", valid: 0)
    }
  }
}
