import RecEvaluation
import RecLanguage
import Testing

/// What commands answer to words that are right, nearly right and wrong.
struct CommandReplyTests {
  @Test(
    arguments: [
      ("eval svd candidates=1️⃣sampled2️⃣", "such as candidates=sampled:100"),
      ("eval svd candidates=1️⃣sampled:02️⃣", "such as candidates=sampled:100"),
      ("eval svd candidates=1️⃣some:202️⃣", "such as candidates=sampled:100"),
      ("eval svd relevant=1️⃣good2️⃣", nil),
      ("generate guide users=1️⃣102️⃣", "'generate guide' alone"),
      ("filter time >= 1️⃣2018-13-312️⃣", "such as 2018-01-31 or 2018-01-31T12:00"),
      ("filter rating >= 1️⃣four2️⃣", nil), ("filter users>=2 1️⃣itmes2️⃣>=2", "did you mean 'items'?"),
      ("filter rating 1️⃣=>2️⃣ 4", "did you mean '>='?"),
      ("filter title 1️⃣contains2️⃣ Tower", "did you mean 'has'?"),
      ("show 1️⃣ratings.itmes2️⃣", "did you mean 'items'?"),
      ("show ratings, 1️⃣usres2️⃣", nil), ("set 1️⃣output2️⃣ json", "an option has its value behind '=', such as output=…"),
      ("svd 1️⃣k2️⃣ 5", "an option has its value behind '=', such as k=50"), ("1️⃣seed2️⃣", "'set' alone shows the settings"),
    ] as [(String, String?)])
  func `points at the word that is wrong`(marked: String, hint: String?) throws {
    let marks = MarkedText(marked)
    let error = try #require(Scene.trained.run(marks.text).errors.first)
    #expect(error.hint == hint)
    #expect(error.range == marks.range)
  }

  @Test(arguments: ["x, = 3", "x,\n= 3", ", x = 3", "x,, y = 3"])
  func `wants a name after each comma of the targets`(statement: String) {
    #expect(!Scene.empty.run(statement).errors.isEmpty)
  }

  @Test func `draws the sampled candidates that are asked for`() throws {
    let table = try #require(Scene.trained.run("eval svd candidates=sampled:20 metrics=ndcg").tables.first)
    #expect(table.heading?.hasSuffix("20 sampled candidates") == true)
  }

  @Test func `gives a table the same columns whether a model predicts ratings or not`() throws {
    let columns = try ["popular", "svd"].map { model in
      try #require(Scene.trained.run("eval \(model)").tables.first).columns.map(\.name)
    }
    #expect(columns[0] == columns[1])
    #expect(columns[0].contains("rmse_low") && !columns[0].contains("coverage_low"))
  }

  @Test(arguments: [("eval svd relevant=9", 1), ("eval svd relevant=9 metrics=rmse", 0), ("eval svd", 0)])
  func `warns where nothing is relevant`(statement: String, count: Int) {
    #expect(Scene.trained.run(statement).warnings.count == count)
  }

  @Test(
    arguments: [
      ("ml = generate users=9 items=9 ratings=20; show ml.items", "item title genres description"),
      ("head ratings.items rows=2", "item title genres description"),
      ("s = for k in 1,2 { k * 2 }; head s.2", "k value"),
    ])
  func `takes a name with fields where it takes a name`(script: String, columns: String) throws {
    let run = Scene.generated.run(script)
    #expect(run.errors.isEmpty)
    #expect(try #require(run.tables.last).columns.map(\.name).joined(separator: " ") == columns)
  }

  @Test func `shows as many rows of a lazy table as are asked for`() throws {
    let run = Scene.trained.run("recommend users=all top=3 with=svd; head it rows=14")
    #expect(try #require(run.tables.last).firstRows.count == 14)
  }

  @Test func `offers no name that may be unbound`() throws {
    let error = try #require(Scene.empty.run("load nowhere as=ratings; show usrs").errors.last)
    #expect(error.help == "values so far: ratings, items")
  }

  @Test func `names the newest where many are bound`() throws {
    let script = (1...30).map { "x\($0) = \($0)" }.joined(separator: "\n") + "\nshow that"
    let help = try #require(Scene.empty.run(script).errors.first?.help)
    #expect(help.hasPrefix("values so far: x15, ") && help.hasSuffix("x30, 14 more"))
  }

  @Test func `binds nothing where a warning counts as an error`() {
    var session = Scene.trained.session
    session.settings.isStrict = true
    let strict = Scene(session: session).run("m = svd k=1000")
    #expect(strict.errors.count == 1 && strict.session["m"] == nil)
  }

  @Test(arguments: ["generate guide; tfidf", "generate guide; tfidf items", "generate guide; forget ratings; tfidf"])
  func `trains on an item table where the ratings have no text`(script: String) throws {
    let run = Scene.empty.run(script + "; similar 1")
    #expect(run.errors.isEmpty)
    #expect(try #require(run.tables.last).firstRows.count == 2)
  }

  @Test func `says that a URL has to be downloaded`() {
    let run = Scene.empty.run("load \"https://example.org/ratings.csv\"")
    #expect(run.errors.first?.help == "only files are read: download it first")
  }

  @Test(arguments: [("1.5", "1.5"), ("0.25", "0.25"), ("2", "2")])
  func `labels a value in as few digits as it has`(value: String, label: String) throws {
    let run = Scene.empty.run("t = for v in \(value),\(value) { v * 1 }; plot t x=value kind=histogram")
    #expect(run.errors.isEmpty)
    let figure = run.outputs.lazy.compactMap { if case .figure(let figure) = $0.content { figure } else { nil } }.first
    let labels = try #require(figure).series.flatMap(\.points).compactMap(\.label)
    #expect(labels.contains { $0.hasPrefix(label) && !$0.hasPrefix(label + "0") })
  }

  @Test func `writes shares as people do`() {
    let run = Scene.empty.run("generate guide; split test=60% valid=50%")
    #expect(
      run.errors.first?.message == "test and valid together take 110%, and nothing is left to train on")
  }

  @Test(arguments: ["language", "for", "EXPECT", "seed", "ndcg@5", "guide"])
  func `has help on the words of the language and on settings`(topic: String) {
    let run = Scene.empty.run("help \(topic)")
    #expect(run.errors.isEmpty && run.texts.count == 1)
  }

  @Test func `keeps help within eighty columns`() {
    let catalog = CommandCatalog.language
    let texts =
      catalog.commands.flatMap { [$0] + $0.parts }.map { HelpText.command($0) }
      + MetricCatalog.metrics.map { HelpText.metric($0) }
      + [HelpText.overview(catalog), HelpText.guide(), HelpText.language]
    for line in texts.flatMap({ $0.split(separator: "\n") }) { #expect(line.count <= 80, "\(line)") }
  }
}
