import RecKernels
import Testing

@testable import RecData

struct SeveralFilesTests {
  @Test func `reads files as one, later ones later`() throws {
    let folder = try TemporaryFolder()
    let a = try folder.write("a.csv", "user,item,rating\n1,10,4\n2,10,3\n")
    let b = try folder.write("b.csv.txt", "item\tuser\trating\n10\t1\t5\nx\t3\t1\n")
    let loaded = try load([a, b], execution: Execution(threadCount: 2))
    #expect(triples(try #require(loaded.dataset)) == ["1 10 5.0", "2 10 3.0", "3 x 1.0"])
    #expect(loaded.report.duplicateCount == 1)
    #expect(loaded.report.files == [a, b])
    let reverse = try load([b, a], execution: Execution(threadCount: 2))
    #expect(triples(try #require(reverse.dataset)).first == "1 10 4.0")
  }

  @Test func `reads ratings and items that are named together`() throws {
    let folder = try TemporaryFolder()
    let ratings = try folder.write("r.csv", "user,item,rating\n1,10,4\n")
    let items = try folder.write("i.csv", "item,title\n10,Ten\n11,Eleven\n")
    let tags = try folder.write("t.csv", "user,item,tag\n1,10,warm\n2,10,dark red\n")
    let loaded = try load([ratings, items, tags], execution: Execution(threadCount: 2))
    let entities = try #require(loaded.dataset).entities
    #expect(entities.itemFields.names == ["title", "tags"])
    #expect(entities.itemFields.text("tags", at: 0) == "dark red warm")
    #expect(entities.items.count == 2)
  }

  @Test func `refuses files of which only one has times`() throws {
    let folder = try TemporaryFolder()
    let a = try folder.write("a.csv", "user,item,rating\n1,10,4\n")
    let b = try folder.write("b.csv", "user,item,rating,time\n1,10,4,7\n")
    #expect(throws: DataError.self) { try load([a, b], execution: Execution(threadCount: 1)) }
    let folderPath = folder.path
    #expect(throws: DataError.isFolder(path: folderPath)) {
      try load([a, folderPath], execution: Execution(threadCount: 1))
    }
  }

  @Test(arguments: [
    ("*.csv", ["a.csv", "b1.csv", "b2.csv"]), ("b?.csv", ["b1.csv", "b2.csv"]), ("b[2-9].*", ["b2.csv"]),
    ("b[!1].csv", ["b2.csv"]), ("d*/x.csv", ["d1/x.csv", "d2/x.csv"]), ("*/*", ["d1/x.csv", "d2/x.csv"]),
    ("z*", []), ("a.csv", ["a.csv"]), ("[q].csv", ["[q].csv"]), ("**a**.c*v", ["a.csv"]),
  ])
  func `expands patterns as a shell does`(pattern: String, names: [String]) throws {
    let folder = try TemporaryFolder()
    for inner in ["d1", "d2"] { try folder.makeFolder(inner) }
    for name in ["a.csv", "b1.csv", "b2.csv", ".hidden.csv", "[q].csv", "d1/x.csv", "d2/x.csv", "note.txt"] {
      if name == "[q].csv", pattern != name { continue }
      try folder.write(name, "user,item\n1,2\n")
    }
    #expect(PathPattern.expand(folder.path + "/" + pattern) == names.map { folder.path + "/" + $0 })
  }

  @Test func `decides on stars in linear time`() {
    let name = Array(String(repeating: "a", count: 5000).unicodeScalars)
    let pattern = Array((String(repeating: "a*", count: 500) + "b").unicodeScalars)
    #expect(!PathPattern.matches(name, pattern))
  }

  @Test func `says that nothing fits a pattern`() throws {
    let folder = try TemporaryFolder()
    let pattern = folder.path + "/*.csv"
    #expect(throws: DataError.missing(path: pattern, nearest: [])) { try loaded(pattern) }
    #expect(!PathPattern.exists(pattern) && PathPattern.exists("-"))
  }
}
