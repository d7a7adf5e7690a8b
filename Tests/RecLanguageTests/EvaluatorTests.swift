import RecKernels
import RecLanguage
import RecModels
import Testing

struct EvaluatorTests {
  @Test(
    arguments: [
      ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("8 - 2 - 1", "5"), ("20%", "0.2"), ("-2 * 3", "-6"), ("1 / 4", "0.25"),
      ("\"a \" + 'b'", "a b"), ("1 / 0", "nan"), ("0 / 0 + 1", "nan"),
    ])
  func `computes expressions`(text: String, shown: String) {
    #expect(ran(text).shown == ["1 \(shown)"])
  }

  @Test(
    arguments: [
      ("x = 3\nx * 2", "2 6"), ("number 5\nit + 1", "2 6"), ("x = number 5\nx", "2 5"),
      ("scores svd als k=6\nit.svd.rmse", "2 2"), ("scores svd als k=6\nit.als.users", "2 11"),
      ("scores svd k=6\nit.rmse", "2 2"), ("scores svd k=6\nit.svd.RMSE", "2 2"),
      ("scores svd\nit.svd.precision@10", "2 nan"), ("top\nit.1.title", "2 Heat (1995)"), ("top\nit.2.rank", "2 2"),
      ("scores \"my model\"\nit.\"my model\".users", "2 10"), ("scores svd als\nit.2.model", "2 als"),
      ("scores svd als k=6\nit.als", "2 model rmse users precision@10 | als 1.5 11 –"),
      ("a = scores svd k=6\nb = scores svd k=3\na.svd.rmse - b.svd.rmse", "3 1"),
      ("films\nratings.items.10.title", "2 Heat (1995)"), ("films\nratings.highest", "2 5"),
      ("films\nratings.items.1.title", "2 error unknown-field"),
    ])
  func `finds fields by row and column`(script: String, last: String) {
    #expect(ran(script).shown.last == last)
  }

  @Test(
    arguments: [
      ("scores svd als\nit.rmse", "unknown-field", "name a row, such as it.svd.rmse"),
      ("scores svd als\nit.sdv.rmse", "unknown-field", "did you mean 'svd'?"),
      ("scores svd\nit.svd.rmes", "unknown-field", "did you mean 'rmse'?"),
      ("x = 3\nx.y", "unknown-field", nil),
      ("scores svd\nit + 1", "wrong-kind", nil),
      ("scores svd\necho $it", "wrong-kind", nil),
      ("scores svd\necho ${it.svd.precision@10}", "undefined-value", nil),
    ] as [(String, String, String?)])
  func `says which field there is`(script: String, code: String, hint: String?) {
    let result = ran(script)
    guard case .failed(let errors) = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(errors.map(\.code) == [Diagnostic.Code(code)])
    #expect(errors[0].hint == hint)
  }

  @Test(
    arguments: [
      ("k = 50\necho $k", "2 50"), ("n = 'a b'\necho x$n ${n}y \"${n}\" \"$n\" '$n'", "2 xa b a by 'a b' '$n' '$n'"),
      ("top\necho \"${it.1.title}\"", "2 'Heat (1995)'"), ("k = 0.1 + 0.2\necho $k", "2 0.30000000000000004"),
      ("w = 0.5\npairs svd:$w \"Heat (1995)\":4 als", "2 svd→0.5 Heat (1995)→4 als→none"),
      ("g = 'Film Noir'\nkeep genres has $g and year > 1990", "2 genres has \"Film Noir\" and year > 1990"),
      ("SCORES svd K=6", "1 model rmse users precision@10 | svd 2 10 –"),
    ])
  func `replaces names in words`(script: String, last: String) {
    #expect(ran(script).shown.last == last)
  }

  @Test func `binds targets and leaves its own names alone then`() {
    let own = ran("parts").session
    #expect(own.names == ["train", "test", "valid"])
    let one = ran("a = parts").session
    #expect(one.names == ["a"])
    let two = ran("a, b = parts").session
    #expect(two.names == ["a", "b"])
    if case .number(let number)? = two["b"] { #expect(number == 2) } else { Issue.record("no number") }
    #expect(ran("a, b, c, d = parts").shown == ["1 error surplus-target"])
    #expect(ran("x = save y").shown == ["1 error no-value"])
    #expect(ran("x, y = 3").shown == ["1 error surplus-target"])
  }

  @Test func `gives a model the name it is bound to`() {
    let session = ran("films\nmine = popular\nother = mine").session
    #expect(session.models.map(\.name) == ["mine", "other"])
  }

  @Test func `keeps it through statements without a value and through failed ones`() {
    let first = ran("number 5\nsave x\nset seed=3")
    let second = ran("fail", in: first.session)
    #expect(
      second.outcome
        == .failed([
          Diagnostic("broken", "it broke", at: SourceRange(0, 4), hint: "try again")
        ]))
    #expect(second.session["halfway"] == nil)
    #expect(ran("it", in: second.session).shown == ["1 5"])
  }

  @Test(
    arguments: [
      ("for k in 1,2 { number $k }", "1 k value | 1 1 | 2 2"),
      ("for k in 1..3 { k * k }", "1 k value | 1 1 | 2 4 | 3 9"),
      ("for k in 0.5..1:0.5 { k }", "1 k value | 0.5 0.5 | 1 1"),
      ("for w in a,'b c' { echo $w }", "1 w value | a a | b c b c"),
      ("for id in 007,008 { echo $id }", "1 id value | 007 007 | 008 008"),
      (
        "for k in 3,6 { scores svd als k=$k }",
        "1 k model rmse users precision@10 | 3 svd 1 10 – | 3 als 0.75 11 – | 6 svd 2 10 – | 6 als 1.5 11 –"
      ),
      (
        "for model in svd,als { scores $model k=3 }",
        "1 model rmse users precision@10 | svd 1 10 – | als 1 10 –"
      ),
      (
        "for model in a,b { scores svd k=3 }",
        "1 model model_2 rmse users precision@10 | a svd 1 10 – | b svd 1 10 –"
      ),
      ("for a in 1,2 { for b in 1,2 { a * b } }", "1 a b value | 1 1 1 | 1 2 2 | 2 1 2 | 2 2 4"),
      ("for k in 1,2 { number $k; save x }", nil),
      ("for k in 1 {}", nil),
      ("n = 3\nfor k in 1..$n { k }", "2 k value | 1 1 | 2 2 | 3 3"),
      ("x = for k in 3,6 { scores svd als k=$k }\nx.6.als.rmse", "2 1.5"),
      ("x = for k in 3,6 { scores svd k=$k }\nx.6.rmse", "2 2"),
    ] as [(String, String?)])
  func `makes one table of a loop`(script: String, last: String?) {
    let result = ran(script)
    #expect(result.outcome == .done)
    #expect(result.shown.last == last)
  }

  @Test func `keeps the title that all rounds of a loop have`() {
    for (script, title) in [
      ("for k in 1,2 { scores svd list=training }", "training"), ("for w in a,b { scores svd list=$w }", nil),
      ("for k in 1,2 { scores svd }", nil),
    ] {
      guard case .table(let table)? = ran(script).session.it else {
        Issue.record("no table")
        return
      }
      #expect(table.title == title)
    }
  }

  @Test func `tells warnings of a loop once and stops it at an error`() {
    #expect(ran("for k in 1..5 { warn }").shown.first == "1 warning careful")
    #expect(ran("for k in 1..5 { warn }").shown.count == 2)
    let failed = ran("for k in 1..5 {\n  number $k\n  fail\n}\nnumber 9")
    #expect(failed.shown == ["3 error broken"])
    #expect(ran("it", in: failed.session).shown == ["1 1"])
    #expect(ran("for k in 1..100_001 { k }").shown == ["1 error malformed-value"])
    #expect(ran("for k in 1..60_000,1..60_000 { k }").shown == ["1 error too-many-rounds"])
  }

  @Test(
    arguments: [
      "expect 1 + 1 == 2", "expect 1 < 2", "expect 2 <= 2", "expect 2 > 1", "expect 2 >= 2", "expect 'a' == \"a\"",
      "expect 0.85784 ~ 0.8578", "expect 0.8579 ~ 0.8578", "expect 0.85771 ~ 0.8578", "expect -0.5 ~ -0.5",
      "expect 3 ~ 3", "expect 0.2011 ~ 20.1%", "scores svd k=6\nexpect it.svd.rmse == 2", "expect error fail",
      "expect error wibble", "expect error number", "expect error nosuch.field", "expect error read nowhere kk=3",
    ])
  func `goes on where an expectation is met`(script: String) {
    #expect(ran(script).outcome == .done)
  }

  @Test(
    arguments: [
      ("expect 1 == 2", "the expectation is not met: '1' is 1"),
      ("x = 3\nexpect x < 2 + 0", "the expectation is not met: 'x' is 3, '2 + 0' is 2"),
      ("expect 'a' == 'b'", "the expectation is not met: ''a'' is 'a'"),
      ("scores svd\nexpect it.svd.precision@10 < 5", "the expectation is not met: 'it.svd.precision@10' is undefined"),
      ("expect 0.8576 ~ 0.8578", "the expectation is not met: '0.8576' is 0.8576"),
      ("expect 3.4 ~ 3", "the expectation is not met: '3.4' is 3.4"),
      ("expect error number 3", "the expectation is not met: 'number 3' did not fail"),
      ("expect error quit", "the expectation is not met: 'quit' did not fail"),
    ])
  func `stops where an expectation is not met`(script: String, message: String) {
    let result = ran(script + "\nnumber 9")
    guard case .unmet(let diagnostic) = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(diagnostic.message == message)
    #expect(result.shown.last?.hasSuffix("error unmet-expectation") == true)
  }

  @Test func `refuses to compare what cannot be compared`() {
    #expect(ran("scores svd\nexpect it > 3").shown.last == "2 error wrong-kind")
    #expect(ran("expect 'a' == 3").shown.last == "1 error wrong-kind")
  }

  @Test func `shows the diagnostic of a command that must fail and keeps its traces away`() {
    let result = ran("expect error fail\nexpect error x = fail")
    #expect(result.shown == ["1 error: it broke\n  hint: try again", "2 error: it broke\n  hint: try again"])
    #expect(result.session.names == [])
  }

  @Test func `makes warnings errors when it is strict`() {
    var session = testSession()
    session.settings.isStrict = true
    let result = ran("warn", in: session)
    #expect(result.shown == ["1 error careful"])
    #expect(result.session["warned"] == nil)
  }

  @Test func `runs short forms and quits`() {
    #expect(ran("number 1\nexit\nnumber 2").shown == ["1 1"])
    #expect(ran("exit").outcome == .quit)
    #expect(ran("for k in 1,2 { quit }").outcome == .quit)
  }

  @Test func `stops between statements and rounds when it is asked to`() {
    #expect(ran("stopped\nnumber 1").outcome == .interrupted)
    #expect(ran("for k in 1..3 { stopped }").outcome == .interrupted)
    #expect(ran("expect error stopped").outcome == .interrupted)
  }

  @Test func `tells the time of each statement once it is asked to`() {
    let timings = ran("number 1\nset timer=on\nfor k in 1,2 { k }\nnumber 3").timings
    #expect(timings.map { String($0.prefix(7)) } == ["line 2:", "line 3:", "line 4:"])
    #expect(timings.allSatisfy { $0.hasSuffix(" s") && $0.split(separator: ".").last?.count == 8 })
  }

  @Test func `keeps a history of what succeeded as it was typed`() {
    let session = ran("x = number 1  # one\nfor k in 1,2 { k }\nexpect error fail\nnumber $y").session
    #expect(session.history.isEmpty)
    let other = ran("x = number 1  # one\nfor k in 1,2 { k }\nfail").session
    #expect(other.history.map(\.text) == ["x = number 1", "for k in 1,2 { k }"])
  }

  @Test func `goes on from any statement with the same session`() {
    let source = SourceText("x = 3\nexpect x == 4\nx + 1")
    var session = testSession()
    var shown: [String] = []
    var evaluator = Evaluator(source) { output in
      if case .value(let number) = output.content { shown.append(plain(number)) }
    }
    let outcomes = Parser.parse(source, lexicon: session.catalog.lexicon).script.statements.map {
      evaluator.run($0, in: &session)
    }
    #expect(outcomes.first == .done)
    #expect(outcomes.last == .done)
    #expect(shown == ["4"])
  }
}
