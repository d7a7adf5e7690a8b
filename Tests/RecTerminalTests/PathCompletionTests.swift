import Testing

@testable import RecTerminal

@Suite struct `Completion of paths` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["data/ratings.csv", "data/movies.csv", "data/my films.csv", "data/it's.csv", ".hidden", "dates.tsv"] {
      try folder.write("", to: name)
    }
  }

  private func texts(_ word: String) -> [String] {
    PathCompletion.candidates(for: word, replace: 0..<word.utf8.count).candidates.map(\.text)
  }

  @Test func `offers files, and folders with a slash`() {
    #expect(texts(folder.path + "/da") == [folder.path + "/data/", folder.path + "/dates.tsv"])
  }

  @Test func `quotes what a bare word cannot hold`() {
    #expect(texts(folder.path + "/data/my") == ["'\(folder.path)/data/my films.csv'"])
    #expect(texts(folder.path + "/data/it") == ["\"\(folder.path)/data/it's.csv\""])
  }

  @Test func `keeps the quote that was typed`() {
    #expect(texts("\"\(folder.path)/data/r") == ["\"\(folder.path)/data/ratings.csv\""])
    #expect(texts("'\(folder.path)/data/it") == ["'\(folder.path)/data/it''s.csv'"])
    #expect(texts("\"\(folder.path)/dat").first == "\"\(folder.path)/data/")
  }

  @Test func `shows hidden files only after a dot`() {
    #expect(texts(folder.path + "/") == [folder.path + "/data/", folder.path + "/dates.tsv"])
    #expect(texts(folder.path + "/.h") == [folder.path + "/.hidden"])
  }

  @Test func `puts no space after a folder`() {
    let completions = PathCompletion.candidates(for: folder.path + "/data", replace: 0..<1)
    #expect(completions.candidates.map(\.appendSpace) == [false])
  }

  @Test func `offers nothing in a folder that is not there`() {
    #expect(texts(folder.path + "/nowhere/x").isEmpty)
  }
}
