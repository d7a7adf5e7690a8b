import Testing

@testable import RecData

/// Ratings that are no table of a row each.
struct LayoutTests {
  /// Five jokes as Jester has them: a count, then a rating or 99.
  private static let jester = "2,-3.5,99,99,4.25,99\n1,99,99,0,99,99\n3,1,2,99,99,-9.99\n"

  @Test func `reads a matrix without its first column of counts`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("jester.csv", Self.jester)
    let loaded = try loaded(path) { ($0.form, $0.missing) = (.matrix, 99) }
    #expect(
      triples(try #require(loaded.dataset)) == ["1 1 -3.5", "1 4 4.25", "2 3 0.0", "3 1 1.0", "3 2 2.0", "3 5 -9.99"])
    #expect(
      loaded.report.format == "matrix of 5 items, a row for each user, users numbered by line, first column a count")
  }

  @Test func `takes items and users from a header and a column of ids`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("m.csv", "name,tea,\"cake, big\"\nann,3,\nbob,,5\n\n")
    let loaded = try loaded(path) { ($0.form, $0.user) = (.matrix, "name") }
    #expect(triples(try #require(loaded.dataset)) == ["ann tea 3.0", "bob cake, big 5.0"])
  }

  @Test func `recognises a matrix by many columns of numbers`() throws {
    let folder = try TemporaryFolder()
    let row = (0..<30).map { "\($0 % 5)" }.joined(separator: ",")
    let plain = try loaded(folder.write("a.csv", row + "\n" + row + "\n"))
    #expect(plain.report.format.hasPrefix("matrix of 30 items"))
    #expect(try #require(plain.dataset).count == 60)
    let header = "user," + (0..<12).map { "joke\($0)" }.joined(separator: ",") + "\n"
    let named = try loaded(
      folder.write(
        "b.csv",
        header + "7" + String(repeating: ",1", count: 12) + "\n"
          + "8" + String(repeating: ",2", count: 12) + "\n"))
    #expect(try #require(named.dataset).entities.users.count == 2)
    let table = try loaded(folder.write("a.csv", row + "\n" + row + "\n")) { $0.form = .table }
    #expect(table.report.format.hasPrefix("comma-separated"))
  }

  @Test(arguments: [
    ("2,-3.5,99,good,4.25,99\n2,1,1,99,99,99\n", 1, 11, Malformed.Kind.notNumber),
    ("2,1,1,99,99,99\n2,1,1,99,99\n", 2, 12, .columnCount),
    ("2,1,1,99,99,99\n2,1,1,99,99,20\n", 2, 13, .outsideScale),
  ])
  func `says which cell is wrong`(text: String, line: Int, column: Int, kind: Malformed.Kind) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", text)
    let error = try #require(throws: DataError.self) {
      try loaded(path) { ($0.form, $0.missing, $0.scale) = (.matrix, 99, -10...10) }
    }
    guard case .malformed(let malformed) = error else {
      Issue.record("\(error)")
      return
    }
    #expect((malformed.at.line, malformed.at.column, malformed.kind) == (line, column, kind))
  }

  @Test func `keeps the order of sequences as time, and none of adjacency lists`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("s.txt", "u1 a b a\n\nu2 c\nu3\n")
    let sequences = try loaded(path) { $0.form = .sequences }
    #expect(triples(try #require(sequences.dataset)) == ["u1 a 2.0@3", "u1 b 1.0@2", "u2 c 1.0@1"])
    let lists = try loaded(path) { $0.form = .adjacency }
    #expect(triples(try #require(lists.dataset)) == ["u1 a 2.0", "u1 b 1.0", "u2 c 1.0"])
    let commas = try loaded(folder.write("c.txt", "u1,a,b\nu2,c\n")) { $0.form = .sequences }
    #expect(triples(try #require(commas.dataset)) == ["u1 a 1.0@1", "u1 b 1.0@2", "u2 c 1.0@1"])
  }

  @Test func `recognises lists by lines of different lengths`() throws {
    let folder = try TemporaryFolder()
    let ordered = try loaded(folder.write("s.txt", "1 9 2 9\n2 4\n3 1 5 6\n4 8 7 1 2\n"))
    #expect(ordered.report.format.hasPrefix("sequences"))
    let sets = try loaded(folder.write("a.txt", "1 2 3 9\n2 4\n3 1 5 6\n4 1 7 8 11\n"))
    #expect(sets.report.format.hasPrefix("adjacency"))
  }

  @Test func `reads the folders of LightGCN`() throws {
    let folder = try TemporaryFolder()
    try folder.write("train.txt", "0 0 1 2\n1 4 3\n2 1\n")
    try folder.write("test.txt", "0 5\n1 \n2 3 0\n")
    let loaded = try loaded(folder.path)
    #expect(
      triples(try #require(loaded.dataset)) == [
        "0 0 1.0", "0 1 1.0", "0 2 1.0", "0 5 1.0", "1 3 1.0", "1 4 1.0", "2 0 1.0", "2 1 1.0", "2 3 1.0",
      ])
    #expect(loaded.report.files.count == 2)
  }
}
