import RecLanguage
import Testing

struct CheckerTests {
  private func problems(_ text: String, in session: Session = testSession()) -> [Diagnostic] {
    Evaluator.problems(of: Parser.parse(SourceText(text), lexicon: session.catalog.lexicon), in: session)
  }

  @Test(
    arguments: [
      ("1️⃣nubmer2️⃣ 3", "unknown-command", "did you mean 'number'?"),
      ("1️⃣print2️⃣ x", "unknown-command", "did you mean 'show'?"),
      ("1️⃣ls2️⃣ x", "unknown-command", "did you mean 'names'?"),
      ("1️⃣ls2️⃣", "unknown-name", "did you mean 'names'?"),
      ("1️⃣train2️⃣ svd", "unknown-command", "the verb of a model trains it: svd k=50"),
      ("1️⃣show(x)2️⃣ y", "unknown-command", "a command has no parentheses"),
      ("x = 3; 1️⃣x2️⃣ y", "unknown-command", "a command starts with its verb, such as show x"),
      ("1️⃣nubmer2️⃣", "unknown-name", "did you mean 'number'?"),
      ("scores 1️⃣kk2️⃣=3", "unknown-option", "did you mean 'k'?"),
      ("top 1️⃣k2️⃣=3", "unknown-option", nil),
      ("scores k=3 1️⃣K2️⃣=4", "repeated-option", nil),
      ("scores k=1️⃣many2️⃣", "malformed-value", nil),
      ("scores k=3,1️⃣42️⃣", "malformed-value", nil),
      ("read http://x share=1️⃣202️⃣", "malformed-value", "a share: 20% or 0.2"),
      ("read http://x where=\"rating 1️⃣~2️⃣ 3\"", "expected-comparison", "one of < <= > >= == != has missing"),
      ("keep rating >=1️⃣2️⃣", "missing-value", nil),
      ("svd center=1️⃣iten2️⃣", "malformed-value", "did you mean 'item'?"),
      ("eval popular metrics=rmse,1️⃣ndgc@102️⃣", "unknown-metric", "did you mean 'ndcg'?"),
      ("eval popular metrics=1️⃣ndcg@02️⃣", "malformed-value", "ndcg@10"),
      ("number1️⃣2️⃣", "missing-operand", nil),
      ("number 3 1️⃣42️⃣", "surplus-operand", nil),
      ("near Heat 1️⃣(1995)2️⃣", "surplus-operand", "put the title in quotes"),
      ("films; svd ratings 1️⃣502️⃣", "surplus-operand", "options have names, such as k=50"),
      ("svd 1️⃣502️⃣", "unknown-name", "options have names, such as k=50"),
      ("svd 1️⃣+2️⃣ tfidf", "wrong-kind", "models are mixed by 'blend svd:0.8 tfidf:0.2'"),
      ("films; svd; x = 1️⃣0.8 * svd2️⃣", "wrong-kind", "models are mixed by 'blend svd:0.8 tfidf:0.2'"),
      ("1️⃣0.8*svd + 0.2*tfidf2️⃣", "wrong-kind", "models are mixed by 'blend svd:0.8 tfidf:0.2'"),
      ("films; svd; x = svd 1️⃣*2️⃣ 0.8", "wrong-kind", "models are mixed by 'blend svd:0.8 tfidf:0.2'"),
      ("films; near 3 with=1️⃣ratings2️⃣", "wrong-kind", nil),
      ("films; svd; near 3 with=1️⃣svdd2️⃣", "unknown-name", "did you mean 'svd'?"),
      ("films; mine = svd; near 3 with=1️⃣svd2️⃣", "unknown-name", nil),
      ("svd 1️⃣data2️⃣", "unknown-name", nil),
      ("films; mine = svd; tfidf 1️⃣mine2️⃣", "wrong-kind", nil),
      ("echo $1️⃣k2️⃣", "unknown-name", nil),
      ("kk = 3; echo ${1️⃣k2️⃣.x}", "unknown-name", nil),
      ("x = 1️⃣y2️⃣ + 1", "unknown-name", nil),
      ("1️⃣it2️⃣.x", "unknown-name", nil),
      ("x = 1; forget x; 1️⃣x2️⃣ + 1", "unknown-name", nil),
      ("x = 1; reset; expect 1️⃣x2️⃣ == 1", "unknown-name", nil),
      ("show 1️⃣nothing2️⃣", "unknown-name", nil),
      ("for k in 1,2 { echo $1️⃣j2️⃣ }", "unknown-name", nil),
      ("for k in 1️⃣1..3:02️⃣ { k }", "malformed-value", nil),
      ("read 1️⃣nowhere.csv2️⃣", "missing-file", nil),
      ("a, 1️⃣b2️⃣ = films", "surplus-target", nil),
    ] as [(String, String, String?)])
  func `finds what is wrong before anything runs`(marked: String, code: String, hint: String?) {
    let marks = MarkedText(marked)
    let found = problems(marks.text)
    #expect(found.map(\.code) == [Diagnostic.Code(code)])
    #expect(found.first?.range == marks.range)
    if let hint { #expect(found.first?.hint == hint) }
  }

  @Test(
    arguments: [
      "films; svd; tfidf fields=title; mix = blend svd:0.8 tfidf:0.2; near 3 with=mix",
      "films; near 3 with=popular", "films; near 3 with=RANDOM", "x = films; svd x", "films; x = ratings; svd x",
      "for k in 1,2 { x = k }; x", "expect error wibble", "expect error read nowhere.csv",
      "expect error near 3 with=nothing", "save a.csv; read a.csv", "name = 'a'; save $name; read b.csv",
      "read http://host/data.csv", "read ~", "number $1", "k = 3; scores k=$k list=a,b,c", "top; it.1.title",
      "films; keep ratings rating >= 4", "exit", "x = number 3; x + it",
    ])
  func `finds nothing in what may be right`(text: String) {
    #expect(problems(text) == [])
  }

  @Test func `takes names of the session for known`() {
    let session = ran("x = 3\nfilms\nmine = popular").session
    #expect(problems("x + 1; near 3 with=mine; svd ratings; it", in: session) == [])
  }

  @Test(arguments: [("eval populr", "did you mean 'popular'?"), ("eval svdd", "did you mean 'svd'?")])
  func `names models that are near, those that are trained on the spot among them`(_ text: String, _ hint: String) {
    #expect(Scene.trained.run(text).errors.map(\.hint) == [hint])
  }

  @Test func `does not blame the followers of a mistake`() {
    #expect(problems("flims\nsvd ratings\nnumber 3").map(\.code) == ["unknown-name"])
    #expect(problems("mine = svdd k=3\nnear 3 with=mine").map(\.code) == ["unknown-command"])
    #expect(problems("load \"x\nnear 3 with=mine\necho $k").map(\.code) == ["unterminated-string"])
  }

  @Test func `finds a slip on line forty before line one runs`() {
    let script = String(repeating: "number 1\n", count: 39) + "scores kk=3\n"
    let result = ran(script)
    #expect(result.shown == ["40 error unknown-option"])
  }

  @Test func `tells twenty errors in the order of the text and counts the rest`() {
    let result = ran("number 1 +\n" + String(repeating: "wibble 3\nscores k=\n", count: 15))
    #expect(result.shown.count == 21)
    #expect(result.shown.first == "1 error surplus-operand")
    #expect(result.shown[1] == "2 error unknown-command")
    #expect(result.shown[2] == "3 error missing-value")
    #expect(result.shown.last == "1 error more-errors")
    guard case .failed(let errors) = result.outcome else {
      Issue.record("not failed")
      return
    }
    #expect(errors.count == 31)
  }
}
