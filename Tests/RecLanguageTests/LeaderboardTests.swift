import RecLanguage
import Testing

/// `leaderboard` and `history`, on a session in which models are trained and judged.
@Suite struct LeaderboardTests {
  private func column(_ name: String, _ table: Table) throws -> [Table.Cell] {
    let place = try #require(table.place(ofColumn: name))
    return table.firstRows.map { $0[place] }
  }

  private static func numbers(_ cells: [Table.Cell]) -> [Double] {
    cells.compactMap { cell -> Double? in if case .number(let value) = cell { value } else { nil } }
  }

  @Test func `ranks every model that was judged, best first, with intervals`() throws {
    let run = Scene.trained.run("eval popular svd; small = svd k=2; eval small; leaderboard")
    let table = try #require(run.tables.last)
    #expect(run.errors.isEmpty)
    let models = try column("model", table)
    #expect(models.count == 3 && models.contains(.text("popular")) && models.contains(.text("small")))
    let values = Self.numbers(try column("ndcg@10", table))
    #expect(values == values.sorted(by: >))
    #expect(table.place(ofColumn: "ndcg@10_low") != nil && table.place(ofColumn: "rmse") != nil)
    #expect(try column("statement", table).contains(.text("svd k=2")))
  }

  @Test func `ranks by one metric, smaller errors first, undefined last`() throws {
    let table = try #require(Scene.trained.run("eval popular svd baseline; leaderboard metric=rmse").tables.last)
    #expect(try column("model", table).last == .text("popular"))
    let values = Self.numbers(try column("rmse", table))
    #expect(values.count == 2 && values == values.sorted())
    #expect(table.place(ofColumn: "ndcg@10") == nil)
  }

  @Test func `a model judged again keeps one row, with the metrics of both`() throws {
    let table = try #require(Scene.trained.run("eval svd metrics=rmse; eval svd metrics=mrr; leaderboard").tables.last)
    #expect(table.firstRows.count == 1)
    #expect(table.place(ofColumn: "rmse") != nil && table.place(ofColumn: "mrr") != nil)
  }

  @Test func `refuses to mix splits, and says which model was judged on what`() throws {
    let run = Scene.trained.run("eval svd; split test=30% seed=9; small = svd k=2; eval small; leaderboard")
    let error = try #require(run.errors.first)
    #expect(error.code.text == "mixed-splits" && error.hint == "leaderboard on=test")
    #expect(try #require(error.help).contains("svd on ") && error.help?.contains("small on ") == true)
    let again = Scene(session: run.session).run("leaderboard on=test")
    #expect(try column("model", try #require(again.tables.last)) == [.text("small")])
  }

  @Test func `refuses to mix rules of what is relevant`() {
    let run = Scene.trained.run("eval svd; eval popular relevant=2; leaderboard")
    #expect(run.errors.first?.code.text == "mixed-splits")
  }

  @Test func `leaves training errors out`() {
    #expect(Scene.trained.run("eval svd on=train; leaderboard").errors.first?.code.text == "nothing-there")
  }

  @Test func `history tells times and the number that one would look for`() throws {
    let table = try #require(Scene.trained.run("eval popular svd metrics=ndcg; 6 * 7; history").tables.last)
    let results = try column("result", table)
    guard case .text(let judged)? = results.dropLast().last else {
      Issue.record("the statement before has no result")
      return
    }
    #expect(judged.hasPrefix("ndcg@10 0.") && judged.hasSuffix(")"))
    #expect(results.last == .text("42"))
    let times = Self.numbers(try column("seconds", table))
    #expect(times.count == results.count && times.allSatisfy { $0 >= 0 })
  }
}
