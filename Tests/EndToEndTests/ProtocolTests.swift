import Foundation
import Testing

/// `recline --protocol json`, as a front end uses it.
struct ProtocolTests {
  /// Sends requests and gives every answer.
  private func answers(_ requests: [[String: Any]], _ raw: String = "") throws -> [[String: Any]] {
    let lines = try requests.map { String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) }
    let result = try Program.run("--protocol", "json", input: raw + lines.joined(separator: "\n") + "\n")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    return try result.outputLines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func `runs statements in one session, each answer under the name of its request`() throws {
    let answers = try answers([
      ["id": 1, "do": "execute", "text": "generate guide"], ["id": "two", "do": "execute", "text": "head; 6 * 7"],
    ])
    let last = try #require(answers.last)
    #expect(last["id"] as? String == "two" && last["status"] as? String == "ok")
    #expect(last["seconds"] is Double)
    let table = try #require(answers.first { $0["id"] as? String == "two" })
    #expect((table["output"] as? [String: Any])?["kind"] as? String == "table")
    let data = try #require(table["data"] as? [String: String])
    #expect(data["text/html"]?.hasPrefix("<table>") == true)
    #expect(data["text/plain"]?.contains("─") == true)
    #expect(answers.contains { ($0["data"] as? [String: String])?["text/plain"] == "42\n" })
  }

  @Test func `escapes what data brings into HTML, and gives figures as Vega-Lite`() throws {
    let folder = try Folder()
    try folder.write("ratings.csv", "user,item,rating\n<b>&\"',1,4\n2,1,5\n")
    let answers = try answers([
      ["id": 1, "do": "execute", "text": "load \(folder.path("ratings.csv")); head; plot ratings"]
    ])
    let pages = answers.compactMap { ($0["data"] as? [String: Any])?["text/html"] as? String }
    let html = try #require(pages.first)
    #expect(html.contains("&lt;b&gt;&amp;&quot;&#39;") && !html.contains("<b>"))
    let figure = answers.compactMap { ($0["data"] as? [String: Any])?["application/vnd.vegalite.v5+json"] }
    #expect((figure.first as? [String: Any])?["$schema"] as? String != nil)
  }

  @Test func `completes, inspects and tells whether a statement is complete`() throws {
    let answers = try answers([
      ["id": 1, "do": "complete", "text": "é = svd cen", "cursor": 11],
      ["id": 2, "do": "inspect", "text": "svd k=5", "cursor": 1],
      ["id": 3, "do": "inspect", "text": "svd k=5", "cursor": 4], ["id": 4, "do": "inspect", "text": "qqq"],
      ["id": 5, "do": "is_complete", "text": "for k in 1,2 {"], ["id": 6, "do": "is_complete", "text": "svd k="],
      ["id": 7, "do": "is_complete", "text": "svd k=5"],
    ])
    #expect(answers[0]["start"] as? Int == 8 && answers[0]["end"] as? Int == 11)
    #expect((answers[0]["matches"] as? [[String: String]])?.map { $0["text"] } == ["center="])
    #expect((answers[1]["text"] as? String)?.hasPrefix("svd — ") == true)
    #expect((answers[2]["text"] as? String)?.hasPrefix("k= — ") == true)
    #expect(answers[3]["text"] is NSNull)
    #expect(answers[4...].map { $0["form"] as? String } == ["incomplete", "invalid", "complete"])
  }

  @Test func `an error has its code, and the session goes on`() throws {
    let answers = try answers([
      ["id": 1, "do": "execute", "text": "svdd"], ["id": 2, "do": "execute", "text": "1 + 1"],
    ])
    #expect((answers[0]["output"] as? [String: Any])?["kind"] as? String == "error")
    #expect(answers[1]["status"] as? String == "error")
    #expect(answers.last?["status"] as? String == "ok")
  }

  @Test func `answers what is no request, and leaves when told to`() throws {
    let answers = try answers(
      [["id": 1, "do": "dance"], ["id": 2, "do": "shutdown"], ["id": 3, "do": "execute", "text": "1"]], "{nonsense\n")
    #expect(answers.map { $0["status"] as? String } == ["error", "error", "ok"])
    #expect(answers[0]["id"] is NSNull)
  }

  @Test func `an interruption stops what is running and keeps the session`() throws {
    let answers = try answers([
      ["id": 1, "do": "execute", "text": "generate users=2000 items=1500 ratings=300000"],
      ["id": 2, "do": "execute", "text": "for n in 1..100000 { svd k=100 tolerance=1e-12 }"], ["do": "interrupt"],
      ["id": 3, "do": "execute", "text": "names"],
    ])
    let statuses = answers.filter { $0["status"] != nil }
    #expect(statuses.contains { $0["id"] as? Int == 2 && $0["status"] as? String == "interrupted" })
    #expect(statuses.last?["id"] as? Int == 3 && statuses.last?["status"] as? String == "ok")
  }

  @Test func `explains itself on a page`() throws {
    let result = try Program.run("--protocol", "help")
    #expect(result.status == 0)
    for word in ["execute", "complete", "inspect", "is_complete", "interrupt", "shutdown"] {
      #expect(result.output.contains("\"do\":\"\(word)\""))
    }
    #expect(result.outputLines.allSatisfy { $0.count <= 90 })
  }
}
