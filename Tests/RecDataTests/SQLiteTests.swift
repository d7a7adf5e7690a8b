import FoundationEssentials
import RecKernels
import RecSQLite
import Testing

@testable import RecData

struct SQLiteTests {
  @Test func `reads the usual table of a database of another program`() throws {
    let loaded = try loaded(referencePath("shop.db")) { $0.skipsMalformedLines = true }
    #expect(triples(try #require(loaded.dataset)) == ["1 a,b 4.5", "2 q\"x 3.0"])
    #expect(loaded.report.format == "table 'ratings' of an SQLite database")
    #expect(loaded.report.skipped.map(\.at.line) == [3])
  }

  @Test func `reads a table or a query, and tells the columns`() throws {
    let path = referencePath("shop.db")
    let query = "select user_id as user, product as item, count(*) as rating from ratings group by 1, 2"
    let counted = try loaded(path) { $0.query = query }
    #expect(triples(try #require(counted.dataset)) == ["1 a,b 1.0", "2 a,b 1.0", "2 q\"x 1.0"])
    let users = try loaded(path) { $0.table = "Customers" }
    #expect(users.users?.fields.names == ["age"])
    #expect(throws: DataError.unknownColumn(path: path, option: "user", asked: "who", columns: ["user", "age"])) {
      try loaded(path) { ($0.table, $0.user, $0.kind) = ("customers", "who", .ratings) }
    }
  }

  @Test(arguments: [
    ("select * from nowhere", "no such table: nowhere"), ("selekt 1", "near \"selekt\": syntax error"),
    ("delete from ratings", "it gives no rows: a SELECT does"), ("select 1; select 2", ""), ("", ""),
  ])
  func `tells what is wrong with a statement, and changes nothing`(query: String, message: String) throws {
    let path = referencePath("shop.db")
    let before = try FileBytes(contentsOf: path)
    let error = try #require(throws: DataError.self) { try loaded(path) { $0.query = query } }
    guard case .sql(_, let found, let option) = error else {
      Issue.record("\(error)")
      return
    }
    if !message.isEmpty { #expect(found == message) }
    #expect(option == "query")
    let after = try FileBytes(contentsOf: path)
    #expect(before[0..<before.count] == after[0..<after.count])
  }

  @Test func `writes nothing by a statement that returns rows`() throws {
    let path = referencePath("shop.db")
    #expect(throws: DataError.self) { try loaded(path) { $0.query = "delete from ratings returning *" } }
    #expect(try SQLiteReader.rows(of: "select * from ratings", in: path) { false }.count == 3)
  }

  @Test func `names the tables where none is usual or the one that is asked for is not there`() throws {
    let path = referencePath("shop.db")
    let tables = ["customers", "pictures", "ratings"]
    #expect(throws: DataError.noTable(path: path, asked: "rating", tables: tables)) {
      try loaded(path) { $0.table = "rating" }
    }
    #expect(throws: DataError.noTable(path: path, asked: nil, tables: tables)) {
      try loaded(path) { $0.kind = .items }
    }
    let blob = try #require(throws: DataError.self) {
      try loaded(path) { ($0.query, $0.rating) = ("select user_id, product, photo from pictures", "photo") }
    }
    #expect(blob.position?.line == 1)
  }

  @Test func `refuses a database that is cut short or is none`() throws {
    let folder = try TemporaryFolder()
    let file = try FileBytes(contentsOf: referencePath("shop.db"))
    for count in [16, 100, 4000, file.count - 4096] {
      let path = try folder.write("cut.db", file[0..<count])
      let error = try #require(throws: DataError.self) { try loaded(path) }
      #expect(!error.message.isEmpty)
    }
    let text = try folder.write("a.db", "user,item,rating\n1,2,3\n")
    #expect(try loaded(text).dataset?.count == 1)
    #expect(throws: DataError.self) { try loaded(text) { $0.table = "ratings" } }
  }

  private static let rows = StoredRows(
    columnNames: ["id", "a \"title\"", "n"],
    rows: [
      [.text("1"), .text("it's"), .number(1.5)], [.text("2"), .missing, .integer(-7)],
      [.text("3"), .text(""), .number(.nan)],
    ])

  @Test func `writes a table that SQL reads`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/recs.db"
    let format = try #require(TableFormat(path: path))
    #expect(try format.write(Self.rows, to: path, execution: Execution(threadCount: 1)) == 3)
    #expect(try folderNames(folder.path) == ["recs.db"])
    let read = try SQLiteReader.rows(
      of: "select id, \"a \"\"title\"\"\", n, typeof(id), typeof(n) from recs order by id", in: path
    ) { false }
    #expect(
      String(decoding: read.text, as: UTF8.self)
        == "\"1\",\"it's\",1.5,\"text\",\"real\"\n\"2\",,-7,\"text\",\"integer\"\n\"3\",\"\",,\"text\",\"null\"\n")
  }

  @Test func `replaces one table of a database and leaves the others`() throws {
    let folder = try TemporaryFolder()
    let file = try FileBytes(contentsOf: referencePath("shop.db"))
    let path = try folder.write("shop.db", file[0..<file.count])
    let data = try #require(try loaded(folder.write("a.csv", "user,item,rating\n1,2,3\n")).dataset)
    try TableFormat.sqlite.write(DatasetRows(data), to: path, execution: Execution(threadCount: 1))
    #expect(try SQLiteReader.tables(in: path) == ["customers", "pictures", "ratings"])
    #expect(triples(try #require(try loaded(path).dataset)) == ["1 2 3.0"])
    struct Broken: TableRows, Error {
      var columnNames: [String] { ["x"] }
      var tableName: String? { "ratings" }
      var fractionDone: Double { 0 }
      mutating func next() throws -> [[TableCell]]? { throw self }
    }
    #expect(throws: Broken.self) {
      try TableFormat.sqlite.write(Broken(), to: path, execution: Execution(threadCount: 1))
    }
    #expect(triples(try #require(try loaded(path).dataset)) == ["1 2 3.0"])
    #expect(throws: Broken.self) {
      try TableFormat.sqlite.write(Broken(), to: folder.path + "/new.db", execution: Execution(threadCount: 1))
    }
    #expect(try folderNames(folder.path) == ["a.csv", "shop.db"])
  }
}
