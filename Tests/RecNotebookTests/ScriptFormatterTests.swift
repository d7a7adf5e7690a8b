import RecLanguage
import RecNotebook
import Testing

struct ScriptFormatterTests {
  private func parse(_ source: SourceText) -> ParseResult {
    Parser.parse(source, lexicon: CommandCatalog.language.lexicon)
  }

  private func format(_ text: String) -> String {
    let source = SourceText(text)
    return ScriptFormatter.format(parse(source).script, in: source, catalog: .language)
  }

  @Test(arguments: [
    ("", ""),
    ("svd", "svd\n"),
    ("  SVD   k = 50   Center=NONE  ", "svd k=50 center=none\n"),
    ("a,b=load  x.csv", "a, b = load x.csv\n"),
    ("Cf  =  svd", "Cf = svd\n"),
    ("Tune  metric=RMSE   SVD k = 5|10", "tune metric=rmse svd k=5|10\n"),
    ("eval svd  metrics=RMSE , NDCG@10", "eval svd metrics=rmse,ndcg@10\n"),
    ("TUNE  Metric=RMSE   SVD  K = 5|10   Center=Bias", "tune metric=rmse svd k=5|10 center=bias\n"),
    ("svd;eval ; help;", "svd; eval; help\n"),
    ("svd# why", "svd  # why\n"),
    ("for  K in 5,10{\nsvd k=$K\n  eval svd\n}", "for K in 5,10 {\n  svd k=$K\n  eval svd\n}\n"),
    ("for k in 1{svd k=$k;eval}", "for k in 1 { svd k=$k; eval }\n"),
    ("for a in 1 {\nfor b in 2 {\nsvd\n}\n}", "for a in 1 {\n  for b in 2 {\n    svd\n  }\n}\n"),
    ("x=(1+2)*-it.svd.rmse/3", "x = (1 + 2) * -it.svd.rmse / 3\n"),
    ("x = ( 1 +\n 2 )", "x = (1 +\n    2)\n"),
    ("expect   it.rmse<.9", "expect it.rmse < .9\n"),
    ("expect  error  SVD k=0", "expect error svd k=0\n"),
    ("svd \\\n k=5", "svd \\\n    k=5\n"),
    ("svd k=5,\n 10", "svd k=5,\n    10\n"),
    ("recommend  42  with=\"My  Model\"", "recommend 42 with=\"My  Model\"\n"),
    ("filter rating>=4 and  genres has Comedy", "filter rating>=4 and  genres has Comedy\n"),
    (
      "# Prose  *x*\n#   deep\n\n\nsvd\n#>  a  b\n#silent\n  # indented\n",
      "# Prose  *x*\n#   deep\n\n\nsvd\n#>  a  b\n#silent\n  # indented\n"
    ),
    ("svd   \n\n\n\n", "svd\n"),
    ("svd\r\n eval\r\n", "svd\r\neval\r\n"),
    ("#!/usr/bin/env recline\nsvd\n", "#!/usr/bin/env recline\nsvd\n"),
  ]) func `writes the canonical form`(text: String, formatted: String) {
    #expect(format(text) == formatted)
    #expect(format(formatted) == formatted)
  }

  @Test func `is idempotent and keeps the tree of any valid script`() {
    var scripts = ScriptGenerator(state: 11)
    for _ in 0..<3000 {
      let text = scripts.script()
      let source = SourceText(text)
      let parsed = parse(source)
      guard parsed.diagnostics.isEmpty else {
        Issue.record("the generator makes valid scripts, and this has \(parsed.diagnostics[0].message):\n\(text)")
        continue
      }
      let once = format(text)
      let again = parse(SourceText(once))
      #expect(again.diagnostics.isEmpty, "\(text)\n----\n\(once)")
      #expect(shape(again.script) == shape(parsed.script), "\(text)\n----\n\(once)")
      #expect(format(once) == once, "\(text)\n----\n\(once)")
    }
  }
}

/// A tree without the places in the text, in lower case.
private func shape(_ value: Any) -> String {
  if value is SourceRange { return "" }
  let mirror = Mirror(reflecting: value)
  if mirror.children.isEmpty { return "\(value)".lowercased() }
  return "\(mirror.subjectType)("
    + mirror.children.map { "\($0.label ?? ""):\(shape($0.value))" }.joined(separator: ",")
    + ")"
}

/// Valid scripts by chance: with odd spacing, in odd case, over all of the grammar.
struct ScriptGenerator {
  var state: UInt64

  private mutating func next(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }

  private mutating func one(_ texts: [String]) -> String { texts[next(texts.count)] }
  private mutating func gap() -> String { one([" ", " ", "  ", "\t", " \\\n  "]) }
  private mutating func blank() -> String { one(["", "", " ", "  "]) }

  mutating func script() -> String {
    (0..<next(7)).map { _ in line(depth: 0) }.joined(separator: "\n") + one(["", "\n", "\n\n"])
  }

  private mutating func line(depth: Int) -> String {
    switch next(12) {
    case 0: return ""
    case 1: return "# Prose with `marks`  and blanks"
    case 2: return one(["#comment", "  # indented", "#@ other"])
    case 3: return statement(depth) + one([" ;", ";", "; "]) + blank() + statement(depth)
    case 4:
      let statement = statement(depth)
      // Nothing may follow a closing quote directly.
      return statement + ("\"'".contains(statement.last ?? " ") ? "  # why" : one(["  # why", "# why"]))
    case 5 where depth == 0: return statement(depth) + "\n#> a  b\n#>\n#> ..."
    default: return blank() + statement(depth) + blank()
    }
  }

  private mutating func statement(_ depth: Int) -> String {
    switch next(9) {
    case 0 where depth < 3:
      let body = (0..<1 + next(3)).map { _ in line(depth: depth + 1) }
      let isShort = next(3) == 0
      return "for" + gap() + one(["k", "K_2"]) + gap() + "in" + gap() + one(["1", "1,2", "5..20:5"]) + blank() + "{"
        + (isShort ? blank() + command() + blank() : "\n" + body.joined(separator: "\n") + "\n") + "}"
    case 1:
      // What stands right of `~` is a written number.
      let isNear = next(3) == 0
      return "expect" + gap() + expression(0) + blank() + (isNear ? "~" : one(["<", "<=", ">", ">=", "=="])) + blank()
        + (isNear ? one(["0.5", "-.25", "3"]) : expression(0))
    case 2: return "expect" + gap() + "error" + gap() + command()
    case 3: return one(["x", "Ä1"]) + blank() + "=" + blank() + expression(0)
    case 4: return one(["a", "a,b", "a , B"]) + blank() + "=" + blank() + command()
    default: return command()
    }
  }

  private mutating func command() -> String {
    let verb = one(["svd", "SVD", "eval", "Load", "recommend", "help", "mf", "Tune SVD", "crossval folds=3  mf"])
    let arguments = (0..<next(4)).map { _ in
      gap()
        + one([
          "ratings", "42", "'a  b'", "\"Heat (1995)\":4", "$k", "${it.x}", "k=5", "K = 5", "center=NONE",
          "center = Bias",
          "metrics=RMSE, ndcg@10", "x=a,b ,c", "reg=$k", "k=1,\n 2", "k=1, # why\n 2",
        ])
    }
    return verb + arguments.joined()
  }

  private mutating func expression(_ depth: Int) -> String {
    switch next(depth > 3 ? 3 : 7) {
    case 0: return one(["1", ".5", "1_000", "20%", "1e-3"])
    case 1: return one(["it.svd.rmse", "sweep.20.x", "it.\"a b\".x"])
    case 2: return one(["\"text\"", "'a'"])
    case 3: return "-" + blank() + expression(depth + 1)
    case 4: return "(" + one(["", " ", "\n "]) + expression(depth + 1) + one(["", " ", " # why\n "]) + ")"
    default:
      return expression(depth + 1) + blank() + one(["+", "-", "*", "/"]) + one([" ", "", " \\\n "])
        + expression(depth + 1)
    }
  }
}
