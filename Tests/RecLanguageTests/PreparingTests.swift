import FoundationEssentials
import RecData
import RecLanguage
import RecModels
import Testing

/// Preparation commands on data that fit on a page; the numbers were counted by hand.
@Suite struct PreparingTests {
  /// Six ratings of three users and four items: user 3 has one rating, and item d nobody's.
  private static let small: Scene = {
    let folder = Result { try SmallFolder() }
    var session = Scene.empty.session
    session.folder = (try? folder.get().path) ?? "."
    return Scene(session: Scene(session: session).run("load ratings.csv; load items.csv as=items").session)
  }()

  @Test(arguments: [
    ("not year is missing", "kept 4 of 6 ratings"), ("ratings title is missing", "kept 2 of 6 ratings"),
    ("items not title is missing", "kept 3 of 4 items"), ("items year is missing", "kept 1 of 4 items"),
    ("items year < 2000 and genres has A", "kept 2 of 4 items"),
    ("users >= 2", "kept 2 of 3 users, 4 of 4 items and 5 of 6 ratings"),
    ("users>=2 items>=2", "kept 2 of 3 users, 2 of 4 items and 4 of 6 ratings"),
    ("ratings items >= 2 and users > 1", "kept 2 of 3 users, 2 of 4 items and 4 of 6 ratings"),
  ])
  func `leaves out rows, items and users`(_ condition: String, _ told: String) {
    let run = Self.small.run("filter \(condition)")
    #expect(run.errors == [])
    #expect(run.texts.first == told)
  }

  @Test func `takes items out of all data that share them`() {
    let run = Self.small.run("split test=40% by=user; filter items not title is missing")
    #expect(run.errors == [])
    for name in ["ratings", "train", "test"] {
      guard case .dataset(let data)? = run.session[name] else { continue }
      #expect(data.entities.items.count == 3, "\(name)")
    }
    guard case .items(let table)? = run.session["items"] else { return #expect(Bool(false), "items are there") }
    #expect(table.entities.items.count == 3)
    let apart = Self.small.run("old = filter items year < 2000")
    guard case .items(let own)? = apart.session["items"], case .items(let old)? = apart.session["old"] else { return }
    #expect(own.entities.items.count == 4 && old.entities.items.count == 2)
  }

  @Test func `leaves out users and items of a part that has ids of its own`() {
    let run = Self.small.run("train = load ratings.csv; test = load test.csv like=train; filter users>=2 items>=2")
    #expect(run.errors == [])
    guard case .dataset(let test)? = run.session["test"] else { return #expect(Bool(false), "test is there") }
    // Of user 1's a and e, and user 9's a, only the first is of somebody and something that is left.
    #expect(test.count == 1 && test.entities.users.count == 2 && test.entities.items.count == 2)
  }

  @Test(arguments: [
    ("filter users >= 99", "nothing-there"), ("filter items year > 3000", "nothing-there"),
    ("filter users >= 2 or items >= 2", "unknown-field"), ("sample 0", "bad-operand"),
    ("sample 200%", "malformed-value"), ("impute year by=user-mean", "malformed-value"),
    ("impute genres by=mean", "malformed-value"), ("impute by=constant", "nothing-there"),
    ("impute yera", "unknown-field"), ("encode genres as=onehot", "malformed-value"),
    ("encode colour", "unknown-field"),
    ("bin genres", "bad-operand"), ("bin title into=3", "bad-operand"), ("normalize to=1..0", "malformed-value"),
    ("normalize to=big", "malformed-value"),
    ("normalize to=0..1e300", "malformed-value"), ("impute by=constant value=1e300", "malformed-value"),
    ("impute by=mean; normalize", "bad-operand"),
    ("split test=40% by=user; normalize test", "fitted-on-test"), ("split; impute test by=mean", "fitted-on-test"),
    ("split; bin test rating into=2", "fitted-on-test"), ("bin rating into=2; split", "fitted-on-test"),
    ("bin rating into=2; crossval folds=2 baseline", "fitted-on-test"),
    ("split test=40% by=user; bin rating into=2; crossval folds=2 baseline", "fitted-on-test"),
    ("bin rating into=2; tune metric=rmse svd k=1|2", "fitted-on-test"),
    ("impute year by=constant value=late", "malformed-value"), ("impute year value=3", "malformed-value"),
  ])
  func `refuses what has no sense`(_ statement: String, _ code: String) {
    #expect(Self.small.run(statement).errors.map(\.code.text) == [code])
  }

  @Test(arguments: [
    ("impute year by=median", "year: 1 missing value of 4 became 1995"),
    ("impute year by=mean", "year: 1 missing value of 4 became 1995"),
    ("impute title by=constant value=untitled", "title: 1 missing value of 4 became 'untitled'"),
    ("impute genres by=most-frequent", "genres: 1 missing value of 4 became 'A'"),
    ("encode genres as=multihot", "genres became 2 columns, genres_A to genres_B · 1 item without a label"),
    ("impute by=item-mean", "6 absent ratings of 3 × 4 stand for the mean of their item"),
    ("impute by=median", "6 absent ratings of 3 × 4 stand for 3.5"),
    ("normalize", "mean and deviation of each of 3 users · 1 user with equal ratings take that of all"),
    ("normalize by=all to=-1..1", "range of 6 ratings"),
  ])
  func `tells what it did in counts`(_ statement: String, _ told: String) {
    let run = Self.small.run(statement)
    #expect(run.errors == [])
    #expect(run.texts == [told])
  }

  @Test func `makes columns that conditions and content models can use`() throws {
    let run = Self.small.run(
      "encode genres as=multihot; bin year into=2; t = tfidf fields=genres_A,genres_B,year_bin; kept = filter genres_B == 1"
    )
    #expect(run.errors == [])
    #expect(run.texts.last == "kept 2 of 6 ratings")
    guard case .model(let model)? = run.session["t"] else { return #expect(Bool(false), "a model") }
    // Two indicators, and two numbers of intervals.
    #expect(model.recommender.facts == [ModelFact("terms", .count(4), of: "term")])
  }

  @Test func `learns a field's value from items that train has`() {
    // Nobody has rated item d, of 2000.
    let run = Self.small.run("split test=40% by=user; impute year by=mean")
    #expect(run.errors == [])
    guard case .dataset(let train)? = run.session["train"] else { return #expect(Bool(false), "train is there") }
    let years = [1990.0, 1995, .nan, 2000].enumerated().filter {
      train.ratingCounts[$0.offset] > 0 && !$0.element.isNaN
    }
    let mean = years.map(\.element).reduce(0, +) / Double(years.count)
    #expect(run.texts.last == "year: 1 missing value of 4 became \(shown(mean))" && mean < 1995)
  }

  @Test func `keeps RMSE, predictions and relevance in the file's units`() throws {
    let run = Scene.trained.run(
      "svd k=4; a = eval svd; normalize to=0..1 by=all; svd k=4; b = eval svd; normalize to=zscore; svd k=4; c = eval svd"
    )
    #expect(run.errors == [])
    func rmse(_ name: String) throws -> Double {
      guard case .table(let table)? = run.session[name],
        case .number(let value)? = table.place(ofColumn: "rmse").map({ table.firstRows[0][$0] })
      else { throw TestError.noNumber }
      #expect(table.heading?.contains("relevant from 4") ?? false)
      return value
    }
    // A linear change of all ratings changes nothing that svd learns, but for rounding.
    let (plain, ranged, scored) = (try rmse("a"), try rmse("b"), try rmse("c"))
    #expect(abs(plain - ranged) < 1e-5)
    #expect(abs(plain - scored) < 0.2 && plain != scored)
  }

  @Test func `fits a normalization on what is trained on, however the data are split`() {
    let before = Scene.generated.run("normalize; split test=20% by=user; svd k=4; x = eval svd")
    let after = Scene.generated.run("split test=20% by=user; normalize; svd k=4; x = eval svd")
    guard case .table(let left)? = before.session["x"], case .table(let right)? = after.session["x"] else {
      return #expect(Bool(false), "both were judged")
    }
    #expect(left.firstRows == right.firstRows)
  }

  @Test func `says which algorithms make nothing of a preparation`() {
    let run = Scene.trained.run("normalize; bpr k=2 epochs=1; tfidf; impute by=mean; slopeone; svd k=2")
    #expect(run.errors == [])
    #expect(run.warnings.map(\.code.text) == ["unused-preparation", "unused-preparation"])
    #expect(run.warnings.map(\.hint) == [nil, "svd uses them"])
  }

  @Test func `saves a model of normalized ratings and an imputed matrix`() {
    let run = Self.small.run(
      "normalize by=item; impute by=item-mean; svd k=2; save svd prepared.safetensors; m = load prepared.safetensors; "
        + "a = predict 1 d with=svd; b = predict 1 d with=m; r = refit m")
    #expect(run.errors == [])
    guard case .number(let saved)? = run.session["a"], case .number(let loaded)? = run.session["b"],
      case .model(let again)? = run.session["r"]
    else { return #expect(Bool(false), "all are there") }
    #expect(saved == loaded)
    #expect(again.training.preparation.normalization == Normalization(.zscore, by: .item))
  }

  @Test func `describes what is cold, duplicate and normalized`() throws {
    let run = Self.small.run(
      "split test=40% by=user; normalize to=center by=all; describe; describe test; describe ratings")
    #expect(run.errors == [])
    let measures = run.tables.filter { $0.columns[0].name == "measure" }.map { table in
      table.firstRows.compactMap { row in
        if case .text(let name) = row[0], case .text(let value) = row[1] { "\(name) \(value)" } else { nil }
      }
    }
    #expect(measures.count == 3)
    #expect(measures[0].contains("normalized mean 0.000"))
    // All users keep a rating in train, and item c of user 3 does, too.
    #expect(measures[0].contains("cold users in test 0 of 2") && measures[1].contains("cold users in test 0 of 2"))
    #expect(measures[2].contains("duplicates 0") && measures[2].contains("relevant (from 4) 50.0%"))
    #expect(run.texts.last == "more: plot ratings kind=activity · plot ratings kind=popularity")
  }

  @Test func `finds a file of word vectors beside the script, for parts of a blend and when trained again, too`() {
    let run = Self.small.run(
      "v = embed vectors=words.txt fields=title; baseline; blend v baseline method=rank weights=learn; r = refit v ratings; "
        + "expect error embed vectors=none.txt; expect error embed vectors=broken.txt")
    #expect(run.errors == [])
    guard case .model(let model)? = run.session["r"] else { return #expect(Bool(false), "it was trained again") }
    #expect(model.recommender.facts.map(\.value) == [.count(2), .count(2), .count(1)])
  }

  @Test func `samples the same whatever the order`() {
    let run = Scene.generated.run(
      "a = sample ratings 10% by=user; b = sample ratings 5% by=user; c = sample ratings 1000; "
        + "d = sample ratings 7 by=item")
    #expect(run.errors == [])
    let counts = ["a", "b", "c", "d"].compactMap { name -> (users: Int, items: Int, count: Int)? in
      guard case .dataset(let data)? = run.session[name] else { return nil }
      return (data.entities.users.count, data.entities.items.count, data.count)
    }
    #expect(counts[1].users < counts[0].users && counts[0].users < 30)
    #expect(counts[2].count == 1000 && counts[3].items == 7)
  }

  private enum TestError: Error { case noNumber }
}

/// A folder with `ratings.csv` and `items.csv`.
private struct SmallFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/recline-tests-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try "user,item,rating\n1,a,5\n1,b,3\n1,c,4\n2,a,2\n2,b,1\n3,c,4\n"
      .write(toFile: path + "/ratings.csv", atomically: true, encoding: .utf8)
    try "user,item,rating\n1,e,3\n1,a,3\n9,a,2\n".write(toFile: path + "/test.csv", atomically: true, encoding: .utf8)
    try "one 1 2\nTwo 2 -1\nthree 0 1\n".write(toFile: path + "/words.txt", atomically: true, encoding: .utf8)
    try "one 1 2\ntwo 2\n".write(toFile: path + "/broken.txt", atomically: true, encoding: .utf8)
    try "item,title,year,genres\na,One,1990,A|B\nb,Two,1995,A\nc,,,\nd,Four,2000,A\n"
      .write(toFile: path + "/items.csv", atomically: true, encoding: .utf8)
  }
}
