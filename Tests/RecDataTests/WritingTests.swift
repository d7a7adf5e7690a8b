import FoundationEssentials
import RecAlgebra
import RecKernels
import Testing

@testable import RecData

struct WritingTests {
  private static let execution = Execution(threadCount: 1)

  private static let rows = StoredRows(
    columnNames: ["id", "a \"title\"", "n"],
    rows: [
      [.text("1"), .text("plain"), .number(1.5)], [.text("2"), .text("comma, \"quoted\"\nline"), .integer(-7)],
      [.text("3"), .text(" é\t\\ "), .missing], [.text("4"), .text(""), .number(.nan)],
      [.text("5"), .text("\u{1}"), .number(1e300)], [.text("6"), .text("x"), .number(0.1 + 0.2)],
    ])

  @Test(arguments: [
    (
      "a.csv",
      "id,\"a \"\"title\"\"\",n\r\n1,plain,1.5\r\n2,\"comma, \"\"quoted\"\"\nline\",-7\r\n3,\" é\t\\ \",\r\n4,,\r\n5,\u{1},1e+300\r\n6,x,0.30000000000000004\r\n"
    ),
    (
      "a.TSV",
      "id\ta \"title\"\tn\n1\tplain\t1.5\n2\tcomma, \"quoted\" line\t-7\n3\t é \\ \t\n4\t\t\n5\t\u{1}\t1e+300\n6\tx\t0.30000000000000004\n"
    ),
    (
      "a.jsonl",
      #"{"id":"1","a \"title\"":"plain","n":1.5}"# + "\n"
        + #"{"id":"2","a \"title\"":"comma, \"quoted\"\nline","n":-7}"# + "\n"
        + #"{"id":"3","a \"title\"":" é\t\\ ","n":null}"# + "\n" + #"{"id":"4","a \"title\"":"","n":null}"# + "\n"
        + #"{"id":"5","a \"title\"":"\u0001","n":1e+300}"# + "\n"
        + #"{"id":"6","a \"title\"":"x","n":0.30000000000000004}"# + "\n"
    ),
  ])
  func `writes a table in each format`(name: String, expected: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/" + name
    let format = try #require(TableFormat(path: path))
    #expect(try format.write(Self.rows, to: path, execution: Self.execution) == 6)
    let bytes = try FileBytes(contentsOf: path)
    #expect(bytes.text(0..<bytes.count) == expected)
    #expect(try folderNames(folder.path) == [name])
  }

  @Test func `knows no format of other endings`() {
    for path in ["a", "a.xlsx", "csv", ".", "a.csv/b"] { #expect(TableFormat(path: path) == nil) }
  }

  @Test(arguments: ["csv", "tsv"])
  func `writes ratings and items that load gives back`(ending: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("ratings.csv", "userId,movieId,rating,timestamp\n1,10,4.5,7\nb,\"x,\"\"y\",0.1,8\n")
    try folder.write("movies.csv", "movieId,title,genres,price\n10,\"The, \"\"Ten\"\" (1990)\",A|B,0.3\nz,Zed,,\n")
    let dataset = try #require(try loaded(folder.path).dataset)
    let format = try #require(TableFormat(path: "x.\(ending)"))
    let (ratings, items) = (folder.path + "/saved-ratings.\(ending)", folder.path + "/saved-items.\(ending)")
    try format.write(DatasetRows(dataset), to: ratings, execution: Self.execution)
    try format.write(
      EntityRows(dataset.entities.items, dataset.entities.itemFields), to: items, execution: Self.execution)
    let again = try #require(try loaded(ratings).dataset)
    #expect(triples(again) == triples(dataset))
    let table = try #require(try loaded(items).items)
    #expect(table.fields == dataset.entities.itemFields.taking(table.fields.describedCount))
    #expect(table.ids.count == 3)
  }

  @Test func `leaves what was there until the new file is whole`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.txt", "old")
    do {
      var file = try AtomicFile(replacing: path)
      try file.write("new, but never finished")
      _ = consume file
    }
    #expect(try FileBytes(contentsOf: path).text(0..<3) == "old")
    #expect(try folderNames(folder.path) == ["a.txt"])
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    var file = try AtomicFile(replacing: path)
    try file.write(String(repeating: "long ", count: 200_000))
    try file.finish()
    #expect(try FileBytes(contentsOf: path).count == 1_000_000)
    let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(permissions == 0o640)
    #expect(try folderNames(folder.path) == ["a.txt"])
  }

  @Test func `says why it cannot write`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    #expect(throws: DataError.isFolder(path: path)) { try Self.write(to: path) }
    #expect(throws: DataError.notWritable(path: path + "/no/a.csv", reason: "no such folder")) {
      try Self.write(to: path + "/no/a.csv")
    }
  }

  private static func write(to path: String) throws { try TableFormat.csv.write(rows, to: path, execution: execution) }
}

extension FieldTable {
  /// The same fields as a table of which so many rows came from a file.
  fileprivate func taking(_ described: Int) -> FieldTable {
    FieldTable(zip(names, columns).map { (name: $0, column: $1) }, describedCount: described)
  }
}
