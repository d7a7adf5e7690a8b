import FoundationEssentials
import RecData
import RecLanguage
import Testing

/// `abtest` from words to tables.
struct ABTestTests {
  @Test(
    arguments: [
      // statsmodels' samplesize_proportions_2indep_onetail: 154303.87 and 19746.62 users in each arm.
      ("abtest plan rate=4% lift=5%", "per_arm", "154304"), ("abtest plan rate=4% lift=5%", "users", "308608"),
      ("abtest plan rate=10% lift=10% power=90%", "per_arm", "19747"),
      ("abtest plan rate=4% lift=5% daily=20_000", "days", "16"),
      // Half of the alpha for each of two comparisons.
      ("abtest plan rate=10% lift=10% power=90% arms=3 alpha=10%", "per_arm", "19747"),
    ])
  func `plans as statsmodels does`(statement: String, column: String, value: String) throws {
    let run = Scene.empty.run("\(statement)\nexpect it.\(column) == \(value)")
    #expect(run.errors.map(\.message) == [])
  }

  @Test(
    arguments: [
      ("abtest1️⃣2️⃣", "one of plan, assign, analyze, peek, simulate or interleave"),
      ("abtest 1️⃣plna2️⃣ rate=4%", "did you mean 'plan'?"),
      ("1️⃣abtest2️⃣ plan rate=4%", "such as abtest plan rate=4% lift=5%"),
      ("abtest plan rate=4% lift=1️⃣30002️⃣", "from -1 to 1000"), ("abtest plan rate=1️⃣0%2️⃣ lift=5%", nil),
      ("abtest plan rate=4% lift=1️⃣02️⃣", "such as lift=5%"),
      ("abtest plan rate=4% lift=1️⃣1e-202️⃣", "such as lift=5%"), ("abtest plan rate=4% lift=5% alpha=1️⃣1e-3202️⃣", nil),
      ("1️⃣abtest2️⃣ assign 42 test=x a:1e308 b:1e308", "such as a:50 b:50"),
      ("abtest plan rate=4% lift=5% power=1️⃣4%2️⃣", "such as power=80%"),
      ("abtest plan rate=4% lift=5% 1️⃣daly2️⃣=5", "did you mean 'daily'?"),
      ("1️⃣abtest2️⃣ assign 42 a:50 b:50", "such as test=hybrid2"),
      ("1️⃣abtest2️⃣ assign 42 test=x", "such as a:50 b:50"), ("abtest assign 42 test=x a:50 1️⃣a2️⃣:50", nil),
      ("abtest assign 42 test=x a:50 b:50 from=1️⃣a2️⃣:50,c:50", "a weight of 0 closes an arm or opens a new one"),
      ("abtest analyze 1️⃣nowhere.csv2️⃣", nil), ("abtest simulate 1️⃣svd2️⃣", "such as abtest simulate popular svd"),
      ("abtest simulate svd 1️⃣svdd2️⃣", "did you mean 'svd'?"),
      ("abtest interleave svd svd 1️⃣svd2️⃣", "such as abtest interleave popular svd"),
      ("log = abtest simulate svd svd; abtest analyze log metric=1️⃣ctrr2️⃣", "did you mean 'ctr'?"),
      ("log = abtest simulate svd svd; abtest analyze log pre=1️⃣clicsk2️⃣", "did you mean 'clicks'?"),
      ("log = abtest simulate svd svd; abtest analyze log control=1️⃣c2️⃣", nil),
      ("log = abtest simulate svd svd; abtest analyze log shares=1️⃣a2️⃣:20", "such as shares=a:50,b:50"),
      ("log = abtest simulate svd svd; abtest peek log arm=1️⃣a2️⃣", nil), ("abtest analyze 1️⃣svd2️⃣", nil),
    ] as [(String, String?)])
  func `points at the word that is wrong`(marked: String, hint: String?) throws {
    let marks = MarkedText(marked)
    let error = try #require(Scene.trained.run(marks.text).errors.first)
    #expect(error.hint == hint, "\(error.message)")
    #expect(error.range == marks.range, "\(error.message)")
  }

  @Test func `true preferences are known of what generate made last`() {
    let text = "generate users=120 items=200 ratings=4000 seed=8; abtest simulate svd svd"
    #expect(Scene.trained.run(text).errors.first?.message == "'svd' was not trained on what `generate` made last")
    #expect(Scene.guide.run("svd k=2; abtest simulate svd svd").errors.first?.code.text == "nothing-there")
  }

  @Test func `assigns as GrowthBook's vectors do`() {
    // The place of user 123 in a test with the seed `feature` is 0.5231: GrowthBook's cases.json.
    let run = Scene.empty.run(
      "abtest assign 123 test=feature a:50 b:50\nexpect it.place ~ 0.5231\nexpect it.arm == 'b'")
    #expect(run.errors.map(\.message) == [])
  }

  @Test func `changed shares move as few as they must`() {
    let run = Scene.generated.run("abtest assign test=t a:90 b:10 from=a:50,b:50")
    let moved = run.texts.first?.split(separator: " ").last.flatMap { Int($0) } ?? -1
    // Four in ten of 120 users, within three standard deviations.
    #expect((32...64).contains(moved), "\(run.texts)")
    #expect(
      Scene.generated.run("abtest assign test=t a:50 b:50 from=a:50,b:50").texts.first?.hasSuffix("moved 0") == true)
  }

  @Test func `a log in a file gives what the same table gives`() throws {
    let scene = try Scene.of(.files)
    let folder = scene.session.folder
    var session = Scene.trained.session
    session.folder = folder
    let run = Scene(session: session).run(
      """
      log = abtest simulate popular svd
      save log log.csv
      save log log.tsv
      abtest analyze log metric=ctr,conversion pre=pre_clicks
      x = it.ctr.cuped.p
      abtest analyze log.csv metric=ctr,conversion pre=pre_clicks
      expect it.ctr.cuped.p == x
      abtest analyze log.tsv metric=ctr pre=pre_clicks
      expect it.ctr.cuped.p == x
      """)
    #expect(run.errors.map(\.message) == [])
    #expect(run.session.loadedFiles.map(\.path).contains { $0.hasSuffix("log.csv") })
  }

  @Test func `no winner is named where users of an arm were lost`() throws {
    var lines = ["user,arm,event"]
    for user in 0..<2000 {
      let arm = user % 2 == 0 ? "a" : "b"
      if arm == "b", user % 10 == 1 { continue }
      lines.append("\(user),\(arm),exposure")
      if arm == "b" { lines.append("\(user),,purchase") }
    }
    let folder = try Scene.of(.files).session.folder
    try (lines.joined(separator: "\n") + "\n").write(toFile: folder + "/lost.csv", atomically: true, encoding: .utf8)
    let run = try Scene.of(.files).run("abtest analyze lost.csv metric=conversion")
    #expect(run.warnings.map(\.code.text) == ["sample-ratio-mismatch"])
    #expect(run.texts == ["no winner is named: the sample ratio is wrong"])
    let right = try Scene.of(.files).run("abtest analyze lost.csv metric=conversion shares=a:1000,b:800")
    #expect(right.warnings.isEmpty && right.texts == ["conversion: b beats a, p < 0.0001 by the z test of two shares"])
  }

  @Test func `draws what it found, with a name for each row`() throws {
    let run = Scene.trained.run("log = abtest simulate popular svd; abtest analyze log metric=ctr; plot it")
    let figure = run.outputs.lazy.compactMap { if case .figure(let figure) = $0.content { figure } else { nil } }.first
    let points = try #require(figure).series[0].points
    #expect(points.map(\.label) == ["delta", "bootstrap"] && figure?.reference == 0)
    #expect(points.allSatisfy { $0.low != nil && $0.high != nil })
  }

  @Test func `help explains a part of a command`() {
    #expect(Scene.empty.run("help abtest plan").texts.first?.hasPrefix("abtest plan — ") == true)
    #expect(Scene.empty.run("help abtest").texts.first?.contains("interleave") == true)
    #expect(Scene.empty.run("help svd plan").errors.first?.hint == "help svd")
  }

  @Test func `more users than were generated have their tastes, but act on their own`() throws {
    let run = Scene.trained.run("abtest simulate popular svd users=1000")
    #expect(run.errors.isEmpty)
    let count = try #require(run.session.generated).users
    #expect(run.tables.first?.notes == ["note: they have the tastes of \(count) generated users"])
    guard case .table(let log)? = run.session.it else {
      Issue.record("the value is the log")
      return
    }
    let rows = log.firstRows(2000)
    #expect(rows.count == 1000)
    #expect(rows.indices.allSatisfy { rows[$0][0] == .text(String($0 + 1)) })
    #expect((0..<count).contains { rows[$0].dropFirst(2) != rows[$0 + count].dropFirst(2) })
  }
}
