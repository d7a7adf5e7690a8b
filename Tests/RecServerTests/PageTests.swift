import RecAlgebra
import RecData
import RecKernels
import RecModels
import RecServer
import Testing

/// The page for people.
@Suite struct PageTests {
  @Test func `what data holds is shown and not run`() async throws {
    let hostile = #"<script>alert("1")</script>&'"#
    let titles = TextColumn([hostile, hostile + "2", "plain"])
    let data = Dataset(
      name: "hostile",
      entities: Entities(
        users: Vocabulary(sorted: .numbers([1, 2])), items: Vocabulary(sorted: .numbers([1, 2, 3])),
        itemFields: FieldTable([("title", .text(titles))], describedCount: 3)),
      interactions: SparseRows(
        rowCount: 2, columnCount: 3, offsets: [0, 2, 3], columns: [0, 2, 1], values: [5, 1, 4]),
      feedback: GuideData.ratings.feedback)
    let model = try trainModel(
      named: "popular", as: "\"><script>x", on: data, training: Training(seed: 1, execution: Execution(threadCount: 1))
    ).model
    let response = try await Served.with(Served.service([ServedModel(model)])) { port in
      try await Served.get("/?user=%3Cscript%3Enobody", port: port)
    }
    #expect(response.status == 200)
    let scripts = response.text.matches(of: #/<script\b[^>]*>/#)
    #expect(scripts.map { String($0.output) } == [#"<script src="page.js" defer="defer">"#])
    #expect(response.text.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;"))
    #expect(!response.text.contains("alert(\""))
    let policy = try #require(response.fields["content-security-policy"])
    #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
  }

  @Test func `the page shows what the lists hold, two models side by side`() async throws {
    try await Served.with { port in
      let page = try await Served.get("/?user=7&model=svd&compare=tfidf", port: port)
      for model in ["svd", "tfidf"] {
        let list = try await Served.get("/recommend/7?model=\(model)", port: port)
        for place in 0..<10 {
          let item = try #require(list.written("items.\(place).item"))
          #expect(page.text.contains(#"<tr data-item="\#(item)">"#))
        }
      }
      #expect(page.fields["content-type"]?.hasPrefix("text/html") == true)
      let script = try await Served.get("/page.js", port: port)
      // It makes elements and texts, never markup.
      #expect(script.status == 200 && !script.text.contains("innerHTML") && !script.text.contains("eval("))
      #expect(try await Served.get("/page.css", port: port).status == 200)
    }
  }

  @Test func `without its token the page shows nothing of the data`() async throws {
    var tokens = AccessTokens()
    tokens.add("r", for: .reading)
    let locked = tokens
    try await Served.with(Served.service { $0.tokens = locked }) { port in
      let closed = try await Served.get("/?user=7", port: port)
      #expect(closed.status == 200 && !closed.text.contains("data-item") && !closed.text.contains("<option"))
      let open = try await Served.get("/?user=7", port: port, fields: [("Authorization", "Bearer r")])
      #expect(open.text.contains("data-item"))
    }
  }
}
