import RecLanguage
import Testing

@testable import RecNotebook

struct RunRecordTests {
  private let record = RunRecord(
    version: "1.2.3", seed: 42,
    files: [
      .init(path: "a b.csv", digest: "00ff", rows: 5, users: 2, items: 3),
      .init(path: "say \"x\".csv", digest: "11", rows: 0, users: 0, items: 0),
    ])

  private func read(_ text: String) -> RunRecord? {
    let source = SourceText(text)
    return RunRecord(Parser.parse(source, lexicon: CommandCatalog.language.lexicon).script, in: source)
  }

  @Test func `is read as it was written`() {
    let text = String(decoding: record.written(into: Array("svd\n#> a\n".utf8)), as: UTF8.self)
    #expect(
      text.hasPrefix(
        "svd\n#> a\n#@ run recline 1.2.3 seed=42\n#@ file \"a b.csv\" sha256=00ff rows=5 users=2 items=3\n"))
    #expect(read(text) == record)
  }

  @Test(arguments: ["a.csv", "a b.csv", #"a "b".csv"#, #"a \n b\.csv"#, #"a\b.csv"#, "a\nb.csv", "ä=1.csv"])
  func `gives a path as it was`(path: String) {
    let record = RunRecord(
      version: "1", seed: 2, files: [.init(path: path, digest: "0f", rows: 1, users: 2, items: 3)])
    #expect(read(String(decoding: record.written(into: []), as: UTF8.self)) == record)
  }

  @Test(arguments: [
    ("", "#@ run recline 1 seed=2\n"),
    ("svd", "svd\n#@ run recline 1 seed=2\n"),
    ("svd\r\n", "svd\r\n#@ run recline 1 seed=2\r\n"),
    ("svd\n#@ run recline 0 seed=9\n#@ file a sha256=0 rows=1 users=1 items=1\n", "svd\n#@ run recline 1 seed=2\n"),
    ("#@ other\nsvd\n", "#@ other\nsvd\n#@ run recline 1 seed=2\n"),
  ]) func `stands at the end, once, and all else stays`(before: String, after: String) {
    let record = RunRecord(version: "1", seed: 2, files: [])
    #expect(String(decoding: record.written(into: Array(before.utf8)), as: UTF8.self) == after)
    #expect(record.written(into: Array(after.utf8)) == Array(after.utf8))
  }

  @Test func `a script without one has none`() {
    #expect(read("svd\n#@ something\n") == nil)
    #expect(read("#@ run\n#@ run recline x seed=y\n") == nil)
  }
}
