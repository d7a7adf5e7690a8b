import RecData
import RecLanguage
import RecModels
import RecServer
import Testing

/// What a client gets is what the shell shows, bit for bit.
@Suite struct AnswerTests {
  /// The rows of a statement's table in the shell's session.
  private func rows(_ statement: String) -> [[Table.Cell]] {
    var session = Served.session
    var rows: [[Table.Cell]] = []
    var evaluator = Evaluator(SourceText(name: "test", statement)) { output in
      if case .table(let table) = output.content { rows = table.firstRows(100) }
    }
    _ = evaluator.run(in: &session)
    return rows
  }

  @Test(arguments: ["svd", "tfidf"], ["1", "42", "60", "nobody"])
  func `lists have the items and the bits that the shell shows`(_ model: String, _ user: String) async throws {
    let shown = rows("recommend \(user) with=\(model) top=7")
    let response = try await Served.with { port in
      try await Served.get("/recommend/\(user)?n=7&model=\(model)", port: port)
    }
    #expect(response.status == 200)
    #expect(response.json?["items"]?.elements?.count == shown.count)
    for (place, row) in shown.enumerated() {
      guard case .number(let score) = row[3] else { continue }
      #expect(row[1] == .text(response.written("items.\(place).item") ?? ""))
      #expect(response.written("items.\(place).score").flatMap(Double.init)?.bitPattern == score.bitPattern)
    }
    #expect(response.written("fallback") == (user == "nobody" ? "true" : "false"))
  }

  @Test func `a list within a batch is the list alone`() async throws {
    try await Served.with { port in
      let batch = try await Served.post(
        "/recommend", #"[{"user":"3"},{"user":"nobody"},{"user":"4","n":3}]"#, port: port)
      for (place, path) in ["/recommend/3", "/recommend/nobody", "/recommend/4?n=3"].enumerated() {
        let alone = try await Served.get(path, port: port)
        #expect(batch.json?.elements?[place] == alone.json)
      }
    }
  }

  @Test func `a history that is folded in gives what rate gives`() async throws {
    var session = Served.session
    var shown: [[Table.Cell]] = []
    var evaluator = Evaluator(SourceText(name: "test", "rate me 1:5 2:4 3:1; recommend me with=svd")) { output in
      if case .table(let table) = output.content { shown = table.firstRows(100) }
    }
    _ = evaluator.run(in: &session)
    let bodies = [
      #"{"history":[{"item":"1","rating":5},{"item":2,"rating":4},{"item":"3","rating":1}],"model":"svd"}"#,
      #"{"history":{"1":5,"2":4,"3":1},"model":"svd","user":"me"}"#,
    ]
    for body in bodies {
      let response = try await Served.with { try await Served.post("/recommend", body, port: $0) }
      for (place, row) in shown.enumerated() { #expect(row[1] == .text(response.written("items.\(place).item") ?? "")) }
    }
  }

  @Test func `a predicted rating, similar items and reasons are those of the shell`() async throws {
    try await Served.with { port in
      let rating = try #require(Served.session.models.first { $0.name == "svd" })
      let item = try #require(rating.entities.items.index(of: "5"))
      let predicted = rating.recommender.predict(rating.history(of: "7"), items: [Int32(item.raw)])[0]
      let response = try await Served.get("/predict/7/5", port: port)
      #expect(response.written("rating") == Double(predicted).description)
      let similar = rows("similar 5 with=tfidf top=4")
      let answer = try await Served.get("/similar/5?model=tfidf&n=4", port: port)
      for (place, row) in similar.enumerated() { #expect(row[1] == .text(answer.written("items.\(place).item") ?? "")) }
      let reasons = rows("why 7 5 with=svd")
      let why = try await Served.get("/why/7/5?model=svd", port: port)
      for (place, row) in reasons.dropLast().enumerated() {
        #expect(row[0] == .text(why.written("parts.\(place).part") ?? ""))
      }
    }
  }

  @Test func `excluded items are left out, and titles name items as ids do`() async throws {
    try await Served.with { port in
      let whole = try await Served.get("/recommend/9", port: port)
      let first = try #require(whole.written("items.0.item"))
      let second = try #require(whole.written("items.1.title"))
      let rest = try await Served.get(
        "/recommend/9?exclude=\(first)&exclude=\(second.utf8.map(encoded).joined())", port: port)
      #expect(rest.status == 200)
      #expect(rest.written("items.0.item") == whole.written("items.2.item"))
      let named = try await Served.get("/items/\(second.utf8.map(encoded).joined())", port: port)
      #expect(named.written("item") == whole.written("items.1.item"))
    }
  }

  private func encoded(_ byte: UInt8) -> String {
    "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
