import RecAlgebra
import RecKernels
import Testing

@testable import RecData

struct EventTests {
  private static let day: Int64 = 86_400

  @Test(arguments: [
    ("1577836800000", 1_577_836_800, TimeForm.milliseconds), ("1577836800999", 1_577_836_800, .milliseconds),
    ("1577836800000000", 1_577_836_800, .microseconds), ("1577836800", 1_577_836_800, .seconds),
    ("2020-01-01T00:00:00.9Z", 1_577_836_800, .iso8601), ("2020-01-01T01:00+01:00", 1_577_836_800, .iso8601),
    ("9999-12-31", 253_402_214_400, .iso8601),
  ])
  func `recognises how times are written`(text: String, seconds: Int, form: TimeForm) throws {
    let folder = try TemporaryFolder()
    let loaded = try loaded(folder.write("a.csv", "user,item,time\n1,2,\(text)\n"))
    #expect(try #require(loaded.dataset).times == [Int64(seconds)])
    #expect(loaded.report.timeForm == form)
  }

  @Test(arguments: ["253402300800", "-62135596801", "999999999999999999", "0000-12-31"])
  func `refuses times outside the years 1 to 9999`(time: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "user,item,time\n1,2,5\n1,3,6\n1,4,\(time)\n1,5,7\n")
    let error = try #require(throws: DataError.self) { try loaded(path) }
    #expect(error.position?.line == 4 && error.position?.column == 5)
    let skipping = try loaded(path) { $0.skipsMalformedLines = true }
    #expect(skipping.report.skippedCount == 1 && skipping.report.skipped.map(\.at.line) == [4])
    #expect(triples(try #require(skipping.dataset)) == ["1 2 1.0@5", "1 3 1.0@6", "1 5 1.0@7"])
  }

  @Test func `halves weights with their age`() throws {
    let folder = try TemporaryFolder()
    let (day, newest) = (Self.day, Int64(1_600_000_000))
    let path = try folder.write(
      "a.csv",
      "user,item,event,time\n1,a,view,\(newest)\n1,b,view,\(newest - 30 * day)\n1,b,buy,\(newest - 60 * day)\n2,a,view,\(newest - 15 * day)\n"
    )
    let loaded = try loaded(path) {
      $0.halflife = Double(30 * day)
      $0.weights = [EventWeight(event: "view", weight: 1), EventWeight(event: "buy", weight: 4)]
    }
    // 1, 1/2 + 4/4, and the square root of 1/2.
    #expect(try #require(loaded.dataset).interactions.values == [1, 1.5, 0.707_106_77])
    #expect(loaded.report.newest == newest)
  }

  @Test(
    arguments: [
      (nil, [7, 1, 1]), (CombineRule.sum, [7, 1, 1]), (.max, [5, 1, 1]), (.last, [1, 1, 1]), (.count, [3, 1, 1]),
    ] as [(CombineRule?, [Float])])
  func `brings several events together by a rule`(rule: CombineRule?, values: [Float]) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "a.csv", "user,item,event,time\n1,a,view,30\n1,a,buy,20\n1,b,view,8\n1,a,view,10\n2,a,view,9\n")
    let loaded = try loaded(path) {
      $0.combine = rule
      $0.weights = [EventWeight(event: "view", weight: 1), EventWeight(event: "buy", weight: 5)]
    }
    #expect(try #require(loaded.dataset).interactions.values == values)
    #expect(loaded.report.duplicateCount == 2)
    #expect(loaded.report.combine == rule ?? .sum)
  }

  @Test func `takes ratings for weights where they add up`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "user,item,rating\n1,a,3\n1,a,4\n1,b,2\n")
    let largest = try loaded(path) { $0.combine = .max }
    #expect(triples(try #require(largest.dataset)) == ["1 a 4.0", "1 b 2.0"])
    #expect(largest.dataset?.feedback != .events)
    let sums = try loaded(path) { $0.combine = .sum }
    #expect(triples(try #require(sums.dataset)) == ["1 a 7.0", "1 b 2.0"])
    #expect(sums.dataset?.feedback == .events)
    #expect(throws: DataError.self) { try loaded(path) { $0.halflife = 10 } }
    #expect(throws: DataError.self) { try loaded(path) { ($0.halflife, $0.combine) = (10, .sum) } }
  }

  @Test func `takes returned purchases off, and leaves out what nothing is left of`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "a.csv", "CustomerID,StockCode,Quantity\n1,a,3\n1,a,-1\n1,b,2\n1,b,-2\n2,b,1\n2,c,-4\n3,a,1\n")
    let loaded = try loaded(path)
    #expect(triples(try #require(loaded.dataset)) == ["1 a 2.0", "2 b 1.0", "3 a 1.0"])
    #expect(loaded.report.returnedCount == 2)
    #expect(loaded.report.isEvents && loaded.report.columns.map(\.role) == ["user", "item", "quantity"])
    let all = try folder.write("b.csv", "user,item,quantity\n1,a,-1\n")
    #expect(throws: DataError.self) { try self.loaded(all) }
  }

  private func loaded(_ path: String, _ change: (inout LoadOptions) -> Void = { _ in }) throws -> Loaded {
    try RecDataTests.loaded(path, change)
  }

  @Test func `counts an item once in a session, by column or pause`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "a.csv",
      "user,item,session,event,time\n1,a,s1,view,0\n1,a,s1,buy,100\n1,a,s2,view,5000\n1,b,s1,view,10\n2,a,s1,view,10\n")
    let byColumn = try loaded(path) { $0.session = .column("session") }
    #expect(triples(try #require(byColumn.dataset)) == ["1 a 2.0@5000", "1 b 1.0@10", "2 a 1.0@10"])
    #expect(byColumn.report.sessionCount == 3 && byColumn.report.repeatedCount == 1)
    let weighted = try loaded(path) {
      $0.session = .column("session")
      $0.weights = [EventWeight(event: "view", weight: 1), EventWeight(event: "buy", weight: 4)]
    }
    #expect(triples(try #require(weighted.dataset)) == ["1 a 5.0@5000", "1 b 1.0@10", "2 a 1.0@10"])
    for (gap, sum, count) in [(100.0, 2, 3), (89.0, 3, 4), (4900.0, 1, 2)] {
      let byPause = try loaded(path) { $0.session = .gap(gap) }
      #expect(try #require(byPause.dataset).interactions.values[0] == Float(sum))
      #expect(byPause.report.sessionCount == count)
    }
    #expect(throws: DataError.self) {
      try loaded(folder.write("b.csv", "user,item\n1,2\n")) { $0.session = .gap(10) }
    }
  }

  @Test func `takes sessions for users where there are no others`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "visit,item\nv1,a\nv1,a\nv2,a\n")
    let loaded = try loaded(path) { $0.session = .column("visit") }
    #expect(triples(try #require(loaded.dataset)) == ["v1 a 1.0", "v2 a 1.0"])
    #expect(loaded.report.sessionCount == 2 && loaded.report.repeatedCount == 1)
  }

  @Test func `folds tags into a text of the item, as often as they were given`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "tags.csv", "userId,movieId,tag,timestamp\n1,10,funny,1\n2,9,\"dark, slow\",2\n3,10,Pixar,3\n4,10,funny,4\n")
    let table = try #require(try loaded(path).items)
    #expect(table.fields.names == ["tags"])
    #expect((0..<2).map { table.fields.text("tags", at: $0) } == ["dark, slow", "Pixar funny funny"])
    let asked = try loaded(path) { $0.kind = .tags }
    #expect(asked.items == table)
    #expect(throws: DataError.self) { try loaded(folder.write("b.csv", "user,item\n1,2\n")) { $0.kind = .tags } }
  }

  @Test func `takes the columns of an item table that are named`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "i.csv", "sku,label,body,more,kinds\nB,Bread,brown,,food\nA,Apple,red,sweet,fruit;food\n")
    let table = try #require(
      try loaded(path) {
        ($0.id, $0.title, $0.texts, $0.categories) = ("sku", "label", ["body", "more"], ["kinds"])
      }.items)
    #expect(table.fields.names == ["title", "text", "kinds"])
    #expect(table.fields.text("text", at: 0) == "red sweet" && table.fields.text("text", at: 1) == "brown")
    #expect(table.fields["kinds"] == .categories(CategoryColumn([["food", "fruit"], ["food"]])))
    let bars = try folder.write("j.csv", "sku,kinds\nA,\"x, y|z\"\n")
    let labels = try #require(
      try loaded(bars) { ($0.id, $0.categories, $0.separator) = ("sku", ["kinds"], "|") }.items)
    #expect(labels.fields["kinds"] == .categories(CategoryColumn([["x, y", "z"]])))
    #expect(throws: DataError.self) { try loaded(path) { ($0.id, $0.title) = ("sku", "nothing") } }
  }

  @Test func `notes ids that differ only in case or white space, and keeps them apart`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "user,item,rating\nAnn,É x,1\nann,éx,2\n\" ann\",z,3\nbob,Z,4\n7,q,1\n")
    let loaded = try loaded(path)
    #expect(try #require(loaded.dataset).entities.users.count == 5)
    #expect(loaded.report.lookalikes.map(\.noun) == ["user", "item"])
    #expect(loaded.report.lookalikes.map(\.count) == [2, 2])
    #expect(loaded.report.lookalikes[0].example == (" ann", "Ann"))
  }
}
