import Testing

@testable import RecTerminal

@Suite struct `Completion` {
  private func step(_ line: String, from start: Int, _ texts: [String], appendSpace: Bool = true) -> CompletionStep {
    let candidates = texts.map { Candidate($0, appendSpace: appendSpace) }
    return CompletionStep(Completions(replace: start..<line.utf8.count, candidates: candidates), line: line)
  }

  @Test func `puts in a single candidate with a space after it`() {
    #expect(step("eval sv", from: 5, ["svd"]) == .replace(5..<7, with: "svd "))
    #expect(step("load da", from: 5, ["data/"], appendSpace: false) == .replace(5..<7, with: "data/"))
  }

  @Test func `puts in what several have in common`() {
    #expect(step("eval pre", from: 5, ["precise", "precision"]) == .replace(5..<8, with: "precis"))
    #expect(step("why 1 \"mat", from: 6, ["\"Matrix\"", "\"Matilda\""]) == .list)
    #expect(step("why 1 \"ma", from: 6, ["\"Matrix\"", "\"Matinee\""]) == .replace(6..<9, with: "\"Mat"))
  }

  @Test func `lists where nothing is certain`() {
    #expect(step("r", from: 0, ["recall", "rmse"]) == .list)
    #expect(step("", from: 0, ["eval", "svd"]) == .list)
    #expect(step("matrix", from: 0, ["\"The Matrix\"", "\"Matrix, A\""]) == .list)
  }

  @Test func `does nothing without candidates`() {
    #expect(step("xyz", from: 0, []) == .nothing)
  }

  @Test func `uses a quote and a space that are there already`() {
    let candidate = Candidate("\"Heat\"")
    let completions = Completions(replace: 4..<6, candidates: [candidate])
    #expect(CompletionStep(completions, line: "why \"H\" x") == .replace(4..<8, with: "\"Heat\" "))
  }

  @Test func `lists in columns that fit the width`() {
    let completions = Completions(replace: 0..<0, candidates: ["aa", "bb", "cc", "dd", "ee"].map { Candidate($0) })
    #expect(CompletionList.lines(completions, width: 14, height: 10) == ["  aa  cc  ee", "  bb  dd"])
    #expect(CompletionList.lines(completions, width: 8, height: 3) == ["  aa", "  bb", "  … and 3 more"])
  }

  @Test func `lists with a line of help each`() {
    let completions = Completions(
      replace: 0..<0,
      candidates: [Candidate("k=", help: "number of factors"), Candidate("center=", help: "what is subtracted")],
      moreCount: 7)
    #expect(
      CompletionList.lines(completions, width: 30, height: 10) == [
        "  k=       number of factors", "  center=  what is subtracted", "  … and 7 more",
      ])
    #expect(CompletionList.lines(completions, width: 20, height: 10)[0] == "  k=       number …")
  }

  @Test func `lines up wide characters`() {
    let completions = Completions(replace: 0..<0, candidates: ["漢字", "a", "b", "c"].map { Candidate($0) })
    #expect(CompletionList.lines(completions, width: 16, height: 10) == ["  漢字  b", "  a     c"])
  }
}

@Suite struct `Text in a width` {
  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 4, "abc…"), ("漢字漢字", 5, "漢字…"), ("漢字漢字", 4, "漢…"), ("abc", 1, "…"),
    ("abc", 0, ""),
  ])
  func `is cut to fit`(text: String, width: Int, fitted: String) {
    #expect(text.fitted(toWidth: width) == fitted)
  }
}
