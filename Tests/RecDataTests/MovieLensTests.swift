import FoundationEssentials
import RecKernels
import Testing

@testable import RecData

struct MovieLensTests {
  /// ../shared/data/ml-latest-small beside the package.
  private static let latest: String = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return package.deletingLastPathComponent().path + "/shared/data/ml-latest-small"
  }()

  @Test(.enabled(if: fileKind(latest) == .directory))
  func `reads the whole of ml-latest-small`() throws {
    // The counts are those of the README of the data and of `wc -l`.
    let loaded = try load(Self.latest, execution: Execution(threadCount: 2))
    let dataset = try #require(loaded.dataset)
    #expect(dataset.count == 100_836)
    #expect(loaded.report.userCount == 610)
    #expect(loaded.report.itemCount == 9_724)
    #expect(dataset.entities.items.count == 9_742)
    #expect(loaded.report.format == "MovieLens latest")
    #expect(dataset.feedback == .ratings(RatingScale(lowest: 0.5, highest: 5, relevant: 4)))
    #expect(dataset.entities.itemFields.names == ["title", "genres"])
    let heat = try #require(dataset.entities.items.index(of: "6"))
    #expect(dataset.entities.title(of: heat) == "Heat (1995)")
    #expect(dataset.entities.itemFields.text("genres", at: heat.raw) == "Action Crime Thriller")
    #expect(dataset.name == "ml-latest-small")
  }

  @Test func `reads a folder of MovieLens 100k with genre flags in ISO-8859-1`() throws {
    let folder = try TemporaryFolder()
    try folder.write("u.data", "196\t242\t3\t881250949\n186\t302\t3\t891717742\n196\t302\t5\t881250950\n")
    let flags = (["0", "1", "0", "1"] + Array(repeating: "0", count: 15)).joined(separator: "|")
    let none = Array(repeating: "0", count: 19).joined(separator: "|")
    let items =
      "242|Caf\u{E9} (1995)|01-Jan-1995||http://x/|\(flags)\n302|L.A. Confidential (1997)|01-Jan-1997|||\(none)\n"
    try folder.write("u.item", items.unicodeScalars.map { UInt8($0.value) })
    try folder.write("u.user", "186|39|F|executive|00000\n196|49|M|writer|55105\n")
    let dataset = try #require(try loaded(folder.path).dataset)
    #expect(triples(dataset) == ["186 302 3.0@891717742", "196 242 3.0@881250949", "196 302 5.0@881250950"])
    #expect(dataset.entities.itemFields.text("title", at: 0) == "Café (1995)")
    #expect(dataset.entities.itemFields.text("genres", at: 0) == "Action Animation")
    #expect(dataset.entities.itemFields.text("genres", at: 1) == "")
    #expect((0..<2).map { dataset.entities.itemFields.yearInTitle(at: $0) } == [1995, 1997])
    #expect(dataset.entities.userFields["age"] == .number([39, 49]))
    #expect(dataset.entities.userFields.text("zip", at: 0) == "00000")
  }

  @Test func `reads a folder of MovieLens 1M with double colons`() throws {
    let folder = try TemporaryFolder()
    try folder.write("ratings.dat", "1::1193::5::978300760\n1::661::3::978302109\n2::1193::4::978298413\n")
    try folder.write(
      "movies.dat",
      "661::James: and the Giant Peach (1996)::Animation|Children's|Musical\n1193::Cuckoo's Nest (1975)::Drama\n7::Am\u{E9}lie (2001)::Comedy\n"
        .unicodeScalars.map { UInt8($0.value) })
    try folder.write("users.dat", "1::F::1::10::48067\n2::M::56::16::70072\n")
    let loaded = try loaded(folder.path)
    let dataset = try #require(loaded.dataset)
    #expect(loaded.report.format == "MovieLens 1M")
    #expect(dataset.entities.items.count == 3)
    #expect(loaded.report.itemCount == 2)
    #expect(dataset.entities.title(of: ItemIndex(1)) == "James: and the Giant Peach (1996)")
    #expect(dataset.entities.title(of: ItemIndex(0)) == "Amélie (2001)")
    #expect(triples(dataset) == ["1 661 3.0@978302109", "1 1193 5.0@978300760", "2 1193 4.0@978298413"])
  }

  @Test func `reads latest's files with byte order mark, CRLF, quoted titles and missing genres`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "ratings.csv", "\u{FEFF}userId,movieId,rating,timestamp\r\n1,11,4.5,964982703\r\n1,2,0.5,964981247\r\n")
    try folder.write(
      "movies.csv",
      "movieId,title,genres\r\n2,\"American President, The (1995)\",Comedy|Drama\r\n11,\"Say \"\"Anything\"\"... (1989)\",(no genres listed)\r\n3,Plain,Drama\r\n"
    )
    let dataset = try #require(try loaded(folder.path).dataset)
    let fields = dataset.entities.itemFields
    #expect(triples(dataset) == ["1 2 0.5@964981247", "1 11 4.5@964982703"])
    #expect(
      (0..<3).map { fields.text("title", at: $0) } == [
        "American President, The (1995)", "Plain", "Say \"Anything\"... (1989)",
      ])
    #expect((0..<3).map { fields.text("genres", at: $0) } == ["Comedy Drama", "Drama", ""])
    #expect(fields.describedCount == 3)
  }
}
