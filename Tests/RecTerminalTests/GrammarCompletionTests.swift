import RecData
import RecKernels
import RecLanguage
import RecModels
import Testing

@testable import RecTerminal

@Suite struct `Completion by the grammar` {
  private let folder: TemporaryFolder
  private let session: Session

  /// A session with data, a split, a model and a table.
  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      userId,movieId,rating,timestamp
      1,1,4,1\n1,2,5,2\n1,3,3,3\n2,1,4,4\n2,2,1,5\n2,4,5,6\n3,1,2,7\n3,3,4,8\n3,4,5,9\n12,2,3,10\n
      """, to: "ml/ratings.csv")
    try folder.write(
      """
      movieId,title,genres
      1,Heat (1995),Crime\n2,"Matrix, The (1999)",Action\n3,"Say ""Hi"" (2001)",Comedy\n4,Élan and Heath (2003),Drama\n
      """, to: "ml/movies.csv")
    var session = Session(
      catalog: .language, settings: Settings(threadCount: 1), execution: Execution(threadCount: 1), folder: ".")
    let script = SourceText(
      "load '\(folder.path)/ml'; split test=30%; svd k=2; sweep = for k in 1,2 { svd k=$k; show svd }; best = svd k=1")
    var evaluator = Evaluator(
      script,
      sink: { output in
        if case .error(let error) = output.content { Issue.record("\(error.message)") }
      })
    #expect(evaluator.run(in: &session) == .done)
    self.session = session
  }

  /// The candidates at `|`, as `text` replaced by each.
  private func lines(_ marked: String) -> [String] {
    let parts = marked.split(separator: "|", omittingEmptySubsequences: false)
    let line = parts.joined()
    let completions = GrammarCompletion(session).completions(line, parts[0].utf8.count)
    let bytes = Array(line.utf8)
    return completions.candidates.map { candidate in
      String(decoding: bytes[..<completions.replace.lowerBound], as: UTF8.self) + candidate.text
        + String(decoding: bytes[completions.replace.upperBound...], as: UTF8.self)
    }
  }

  @Test(arguments: [
    ("spl|", ["split"]),
    ("EVA|", ["eval"]),
    ("svd; ev|", ["svd; eval"]),
    ("for k in 1,2 { tfi|", ["for k in 1,2 { tfidf"]),
    ("cf = tfi|", ["cf = tfidf"]),
    ("cf =tfi|", ["cf =tfidf"]),
    ("a, b = spl|", ["a, b = split"]),
    ("expect error spl|", ["expect error split"]),
    ("svd ce|", ["svd center="]), ("abtest pl|", ["abtest plan"]), ("abtest plan dai|", ["abtest plan daily="]),
    ("abtest analyze swe|", ["abtest analyze sweep"]),
    ("tune sear|", ["tune search="]),
    ("tune metric=rmse sv|", ["tune metric=rmse svd", "tune metric=rmse svdpp"]),
    ("crossval folds=3 svd ce|", ["crossval folds=3 svd center="]),
    ("tune svd center=it|", ["tune svd center=item"]),
    ("svd k=5 ce|", ["svd k=5 center="]),
    ("svd center=it|", ["svd center=item"]),
    ("svd center = it|", ["svd center = item"]),
    ("svd center=IT|", ["svd center=item"]),
    ("svd k=|", ["svd k=10", "svd k=20", "svd k=50", "svd k=100", "svd k=200"]),
    ("split by=ti|", ["split by=time"]),
    ("eval be|", ["eval best"]),
    ("eval svd be|", ["eval svd best"]),
    ("eval pop|", ["eval popular"]),
    ("eval svd metrics=rms|", ["eval svd metrics=rmse"]),
    ("eval svd metrics=rmse,nd|", ["eval svd metrics=rmse,ndcg"]),
    ("eval svd metrics = rmse, nd|", ["eval svd metrics = rmse, ndcg"]),
    ("blend svd:0.8 be|", ["blend svd:0.8 best"]),
    ("show tra|", ["show train"]),
    ("head rat|", ["head ratings"]),
    ("set tim|", ["set timer="]),
    ("set timer=of|", ["set timer=off"]),
    ("help ndc|", ["help ndcg"]),
    ("svd k=$be|", ["svd k=$best"]),
    ("xyz sv|", []),
    ("svd nothing=x|", []),
  ])
  func `gives what fits`(line: String, completed: [String]) {
    #expect(lines(line) == completed)
  }

  @Test func `offers every command with its help at the start`() {
    let candidates = GrammarCompletion(session).completions("", 0).candidates
    for command in session.catalog.commands {
      #expect(candidates.contains { $0.text == command.verb && $0.help == command.summary })
    }
  }

  @Test func `offers no option twice`() {
    #expect(!lines("svd k=3 |").contains("svd k=3 k="))
    #expect(!lines("svd k = 3 |").contains("svd k = 3 k="))
    #expect(lines("svd k=3 |").contains("svd k=3 seed="))
  }

  @Test func `completes a file where a path stands`() {
    #expect(lines("load \(folder.path)/ml/ra|") == ["load \(folder.path)/ml/ratings.csv"])
    #expect(lines("load '\(folder.path)/m|") == ["load '\(folder.path)/ml/"])
  }

  @Test func `completes columns of the table that is drawn`() {
    let completed = lines("plot sweep x=|")
    #expect(completed.contains("plot sweep x=k"))
  }

  @Test func `completes rows and columns of a table`() {
    guard case .table(let table)? = session["sweep"] else {
      Issue.record("no table")
      return
    }
    let name = table.columns[0].name
    #expect(lines("sweep.\(name)|").contains("sweep.\(name)"))
  }

  /// Commands that take items are not all here yet, so the slot is asked itself.
  private func items(_ marked: String, _ slot: Slot = .item) throws -> [String] {
    let words = StatementWords(marked, cursor: marked.utf8.count)
    let command = try #require(session.catalog["help"])
    return GrammarCompletion(session).slot(slot, words.current, command, []).candidates.map(\.text)
  }

  @Test(arguments: [
    ("similar hea", ["\"Heat (1995)\"", "\"Élan and Heath (2003)\""]),
    ("similar \"hea", ["\"Heat (1995)\"", "\"Élan and Heath (2003)\""]),
    ("similar 'hea", ["'Heat (1995)'", "'Élan and Heath (2003)'"]),
    ("similar \"the mat", ["\"Matrix, The (1999)\""]),
    ("similar \"say", ["\"Say \\\"Hi\\\" (2001)\""]),
    ("similar 'say", ["'Say \"Hi\" (2001)'"]),
    ("similar \"eat", []),
    ("similar Éla", ["\"Élan and Heath (2003)\""]),
    ("similar \"éla", ["\"Élan and Heath (2003)\""]),
    ("similar 4", ["4"]),
  ])
  func `finds titles by their words`(line: String, found: [String]) throws {
    #expect(try items(line) == found)
  }

  @Test func `leaves room for the rating of an item`() throws {
    #expect(try items("rate 1 \"heat (", .ratedItem) == ["\"Heat (1995)\":"])
  }

  @Test func `finds users by their ids`() throws {
    #expect(try items("recommend 1", .user) == ["1", "12"])
  }

  @Test func `stops at a limit and counts the rest`() throws {
    let column = TextColumn((0..<60_000).map { "Film number \($0)" })
    let (rows, moreCount) = TitleSearch("film", in: column).matches(limit: 200)
    #expect(rows == Array(0..<200))
    #expect(moreCount == 59_800)
    #expect(TitleSearch("number 59999", in: column).matches(limit: 200).rows == [59_999])
  }
}

@Suite struct `The words before a cursor` {
  @Test(arguments: [
    ("eval svd", ["eval"], "svd"), ("eval svd ", ["eval", "svd"], ""), ("a;b c", ["b"], "c"),
    ("say \"a b", ["say"], "a b"), ("say \"a b\" c", ["say", "a b"], "c"), ("say 'it''s", ["say"], "it''s"),
    ("x=\"a b\" c", ["x=\"a b\""], "c"), ("a,b", ["a"], "b"), ("a,\nb", ["a"], "b"), ("a\nb", [], "b"),
    ("a \\\nb", ["a"], "b"), ("{ a", [], "a"), ("\"Heat\":4", [], "Heat"), ("", [], ""),
  ])
  func `end where the language ends them`(text: String, words: [String], current: String) {
    let found = StatementWords(text, cursor: text.utf8.count)
    #expect(found.words.map(\.text) == words)
    #expect(found.current.text == current)
  }

  @Test func `are found at any cursor in any text`() {
    let text = "é \"a\\\" 'b'' {x=\"y,z; \\"
    for cursor in 0...text.utf8.count {
      #expect(StatementWords(text, cursor: cursor).current.range.upperBound == cursor)
    }
  }
}
