import Testing

@testable import RecLanguage

struct SettingsTests {
  @Test(arguments: [
    ("set width=100", "width", "100"), ("set width=100; set width=0", "width", "auto"),
    ("set color=on", "color", "on"), ("set color=off; set color=auto", "color", "auto"),
    ("set output=json", "output", "json"), ("set output=plain; set output=AUTO", "output", "auto"),
    ("set timer=on", "timer", "on"), ("set seed=7", "seed", "7"),
  ]) func `a setting is what was set last, and auto is as at the start`(text: String, name: String, value: String) {
    let run = Scene.empty.run(text + "; set")
    #expect(run.errors.isEmpty)
    guard case .table(let table)? = run.session.it else {
      Issue.record("'set' alone gives a table")
      return
    }
    #expect(table.firstRows.contains { $0[0] == .text(name) && $0[1] == .text(value) })
  }

  @Test func `a width without room for results is refused`() {
    let run = Scene.empty.run("set width=39")
    #expect(run.errors.map(\.code.text) == ["malformed-value"])
    #expect(run.session.settings.width == nil)
  }
}
