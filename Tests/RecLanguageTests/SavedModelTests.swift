import FoundationEssentials
import RecLanguage
import Testing

/// `save` and `load` of models, as statements.
@Suite struct SavedModelTests {
  /// A session with trained models in a folder of its own.
  private struct Place: ~Copyable {
    let folder: String
    let scene: Scene

    init() throws {
      folder = FileManager.default.temporaryDirectory.path + "/recline-tests-" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      var session = Scene.trained.session
      session.folder = folder
      scene = Scene(session: session)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// A session that knows nothing but the folder.
    var fresh: Scene {
      var session = Scene.empty.session
      session.folder = folder
      return Scene(session: session)
    }
  }

  @Test func `a model that is loaded elsewhere says what it said`() throws {
    let place = try Place()
    let asked =
      "recommend 42 with=mix; why 42 7 with=mix; similar 7 with=mix; recommend nobody with=mix; predict 42 7 with=svd"
    let before = place.scene.run(
      "mix = blend svd:0.8 tfidf:0.2; save mix m.safetensors; save svd s.safetensors; \(asked)")
    #expect(before.errors == [])
    let after = place.fresh.run("load m.safetensors; load s.safetensors; \(asked)")
    #expect(after.errors == [])
    #expect(after.tables.map(\.rowTexts) == before.tables.map(\.rowTexts))
    #expect(after.session.names == ["mix", "svd"])
  }

  @Test func `a model that is loaded is judged like the one that was saved, and leaks like it`() throws {
    let place = try Place()
    let run = place.scene.run("save svd m.safetensors; again = load m.safetensors; a = eval svd; b = eval again")
    #expect(run.errors == [])
    let rows = run.tables.filter { $0.columns.contains { $0.name == "rmse" } }.map {
      $0.rowTexts.map { $0.dropFirst() }
    }
    #expect(rows.count == 2 && rows[0] == rows[1])
    #expect(
      place.scene.run("save svd m.safetensors; again = load m.safetensors; eval again on=ratings").errors.map(
        \.code.text) == ["trained-on-test"])
  }

  @Test func `a model that is loaded tells where it comes from and what it was worth`() throws {
    let place = try Place()
    let before = place.scene.run("eval svd metrics=ndcg; save svd m.safetensors; a = svd k=3; save a a.safetensors")
    #expect(before.errors == [])
    let ndcg = try #require(
      before.tables.first?.firstRows.first?.compactMap { cell -> String? in
        if case .number(let value) = cell { decimals(value, 4) } else { nil }
      }.first)
    let shown = place.fresh.run("load m.safetensors; show svd; load a.safetensors; show a")
    #expect(shown.errors == [])
    let origins = shown.tables.filter { $0.columns[0].name == "origin" }.map { $0.rowTexts.map { $0[1] } }
    #expect(origins.count == 2)
    #expect(origins[0][0] == #"text("recline \#(Program.version)")"#)
    #expect(origins[0][1].contains("generated train: 3200 ratings") && origins[0][3] == #"text("42")"#)
    #expect(origins[0][4] == #"text("ndcg@10 \#(ndcg) on test of generated · relevant from 4")"#)
    #expect(origins[1][4].contains("not before it was saved"))
    // What was trained anew was not judged.
    let again = place.scene.run("eval svd; svd k=2; save svd m.safetensors; show svd")
    #expect(
      place.fresh.run("load m.safetensors; show svd").tables.contains { table in
        table.rowTexts.contains { $0.last?.contains("not before") ?? false }
      })
    #expect(!again.tables.contains { $0.columns[0].name == "origin" })
  }

  @Test func `ratings that were added are saved with the model`() throws {
    let place = try Place()
    let before = place.scene.run("rate me 1:5 2:4; save svd m.safetensors; recommend me with=svd")
    #expect(before.errors == [])
    let after = place.fresh.run("load m.safetensors; recommend me")
    #expect(after.errors == [] && after.warnings == [])
    #expect(after.tables.last?.rowTexts == before.tables.last?.rowTexts)
  }

  @Test func `a loaded model takes ratings without the data`() throws {
    let place = try Place()
    let before = place.scene.run("save svd m.safetensors; rate me 1:5 2:4; recommend me with=svd")
    let after = place.fresh.run("load m.safetensors; rate me 1:5 2:4; recommend me")
    #expect(after.errors == [])
    #expect(after.tables.last?.rowTexts == before.tables.last?.rowTexts)
    #expect(place.fresh.run("load m.safetensors; rate me 1:99").errors.map(\.code.text) == ["bad-operand"])
    #expect(place.fresh.run("rate me 1:5").errors.map(\.code.text) == ["nothing-there"])
  }

  @Test(arguments: [
    ("load m.safetensors", ["svd"]), ("cf = load m.safetensors", ["cf"]), ("load m.safetensors as=model", ["svd"]),
    ("load M.SafeTensors", ["svd"]), ("cf = load plain as=model", ["cf"]),
  ])
  func `a model is bound under its name or the target`(statement: String, names: [String]) throws {
    let place = try Place()
    #expect(place.scene.run("save svd m.safetensors; save svd M.SafeTensors").errors == [])
    try FileManager.default.copyItem(atPath: place.folder + "/m.safetensors", toPath: place.folder + "/plain")
    let run = place.fresh.run(statement)
    #expect(run.errors == [])
    #expect(run.session.names == names)
  }

  @Test(arguments: [
    ("save m.safetensors", "svd"), ("save it m.safetensors", "svd"), ("save popular m.safetensors", "popular"),
    ("tfidf; save m.safetensors", "tfidf"), ("show svd; save m.safetensors", "svd"),
  ])
  func `what is saved is what was named, the last value or the newest model`(statement: String, name: String) throws {
    let place = try Place()
    #expect(place.scene.run(statement).errors == [])
    #expect(place.fresh.run("load m.safetensors").session.names == [name])
  }

  @Test(arguments: [
    ("save ratings m.safetensors", "wrong-kind"), ("save nothing m.safetensors", "unknown-name"),
    ("save svd nowhere/m.safetensors", "not-writable"), ("save svd m.tensors", "bad-operand"),
    ("load m.safetensors", "missing-file"), ("load ratings.csv as=model", "not-a-model"),
    ("load whole.safetensors user=a", "unsuitable-option"), ("load broken.safetensors", "damaged-file"),
  ])
  func `what cannot be is said`(statement: String, code: String) throws {
    let place = try Place()
    try "user,item,rating\n1,1,1\n".write(toFile: place.folder + "/ratings.csv", atomically: true, encoding: .utf8)
    #expect(place.scene.run("save svd whole.safetensors").errors == [])
    let whole = try Data(contentsOf: URL(filePath: place.folder + "/whole.safetensors"))
    try whole.prefix(whole.count - 1).write(to: URL(filePath: place.folder + "/broken.safetensors"))
    let run = place.scene.run(statement)
    #expect(run.errors.map(\.code.text) == [code])
  }

  @Test func `a script that loads a model may use the name that only its file knows`() throws {
    let place = try Place()
    #expect(place.scene.run("deep = svd k=3; save deep m.safetensors").errors == [])
    let run = place.fresh.run("load m.safetensors\nrecommend 42 with=deep")
    #expect(run.errors == [])
  }
}

extension Table {
  /// The rows as texts, to compare, without the mark of what is held out in the first session.
  fileprivate var rowTexts: [[String]] {
    guard case .stored(let rows) = rows else { return [] }
    return rows.map { row in
      zip(columns, row).filter { $0.0.name != "held_out" }.map { "\($0.1)" }
    }
  }
}
