import RecKernels
import Testing

@testable import RecData

struct PackedFileTests {
  @Test func `reads gzip files of another program`() throws {
    let loaded = try loaded(referencePath("ratings.csv.gz"))
    let dataset = try #require(loaded.dataset)
    #expect(triples(dataset) == ["1 10 4.5@100", "2 10 3.0@200", "2 11 5.0@300"])
    #expect(dataset.name == "ratings")
    #expect(loaded.report.format == "comma-separated text with header, gzip-compressed")
  }

  @Test func `reads all members of a gzip file and no padding`() throws {
    let dataset = try #require(try loaded(referencePath("members.csv.gz")).dataset)
    #expect(triples(dataset) == ["1 10 4.5@100", "2 10 3.0@200", "2 11 5.0@300", "9 9 1.0@7"])
  }

  @Test func `refuses a gzip file that is cut short, wherever`() throws {
    let whole = try bytes(referencePath("ratings.csv.gz"))
    let folder = try TemporaryFolder()
    for count in 2..<whole.count {
      let path = try folder.write("a.csv.gz", Array(whole[..<count]))
      #expect(throws: DataError.damaged(path: path, reason: "its gzip data ends too early")) { try loaded(path) }
    }
  }

  @Test func `refuses a gzip file in which a byte of the data or the check sum is another`() throws {
    let whole = try bytes(referencePath("ratings.csv.gz"))
    let folder = try TemporaryFolder()
    // What stands in the header before them may change: the time and the system that packed it.
    for place in 10..<whole.count {
      var changed = whole
      changed[place] ^= 0x10
      let path = try folder.write("a.csv.gz", changed)
      let error = try #require(throws: DataError.self) { try loaded(path) }
      guard case .damaged = error else {
        Issue.record("byte \(place): \(error)")
        continue
      }
    }
  }

  @Test func `says what stands in a gzip file that is no text`() throws {
    let folder = try TemporaryFolder()
    let whole = try bytes(referencePath("ratings.csv.gz"))
    let path = try folder.write("a.gz", whole + [1, 2, 3])
    #expect(throws: DataError.self) { try loaded(path) }
  }

  @Test func `finds packed files of a folder`() throws {
    let folder = try TemporaryFolder()
    try folder.write("ratings.csv.gz", try bytes(referencePath("ratings.csv.gz")))
    try folder.write("movies.csv", "movieId,title,genres\n10,Ten,A\n")
    let loaded = try loaded(folder.path)
    #expect(loaded.report.format == "MovieLens latest")
    #expect(loaded.report.rowCount == 3 && loaded.report.describedItemCount == 1)
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    let file = try FileBytes(contentsOf: path)
    return file[0..<file.count]
  }
}
