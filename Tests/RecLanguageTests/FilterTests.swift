import RecLanguage
import Testing

/// `filter` on ratings that fit on a page; the numbers were counted by hand.
///
/// User 1 gave item 1 (Comedy|Children, 1995) 4.0 and item 3 (Crime, 1995) 4.5, user 2 gave item 1 0.5; times are in July 2000.
@Suite struct FilterTests {
  @Test(arguments: [
    ("rating >= 4", 2), ("rating == 4.5", 1), ("rating != 4.5", 2), ("not rating >= 4", 1),
    ("genres has Comedy", 2), ("genres has crime", 1), ("not genres has Comedy", 1), ("genres == Children", 2),
    ("title has heat", 1), ("year == 1995", 3), ("user == 1", 2), ("user == 2 or item == 3", 2),
    ("rating >= 4 and genres has Comedy", 1), ("rating < 1 or (genres has Crime and year > 1990)", 2),
    ("time >= 2000-07-30 and time < 2000-07-31", 3), ("not genres is missing", 3),
  ])
  func `keeps what meets the condition`(_ condition: String, _ count: Int) throws {
    let scene = Scene(session: try Scene.of(.files).run("load items.csv as=items").session)
    let run = scene.run("filter \(condition)")
    #expect(run.errors == [])
    #expect(run.texts == ["kept \(count) of 3 ratings"])
  }

  @Test(arguments: ["genres is missing", "rating > 5", "year > 1995"])
  func `refuses to keep nothing`(_ condition: String) throws {
    let scene = Scene(session: try Scene.of(.files).run("load items.csv as=items").session)
    #expect(scene.run("filter \(condition)").errors.map(\.code.text) == ["nothing-there"])
  }
}
