import Testing

import RecLanguage

struct SyntaxParserTests {
  @Test(
    arguments: [
      ("svd", "[svd]"),
      ("SVD K=50", "[SVD K=50]"),
      ("svd k=50 center=item", "[svd k=50 center=item]"),
      ("svd k = 50", "[svd k=50]"),
      ("svd k= 50", "[svd k=50]"),
      ("svd k =50", "[svd k=50]"),
      ("tfidf fields=title,genres", "[tfidf fields=title|genres]"),
      ("tfidf fields=title, genres", "[tfidf fields=title|genres]"),
      ("svd k=50, center=item", "[svd k=50 center=item]"),
      ("svd k=50,center=item", "[svd k=50 center=item]"),
      ("eval popular, svd, tfidf", "[eval popular svd tfidf]"),
      ("eval popular svd tfidf metrics=rmse,ndcg@10 at=10", "[eval popular svd tfidf metrics=rmse|ndcg@10 at=10]"),
      ("load postgres://h/db?user=x", "[load postgres://h/db?user=x]"),
      ("load u1.test like=train", "[load u1.test like=train]"),
      ("load a#b.csv", "[load a#b.csv]"),
      ("load O'Brien", "[load O'Brien]"),
      (#"load C:\data"#, #"[load C:\data]"#),
      ("load ä/ö.csv", "[load ä/ö.csv]"),
      ("recommend 007 with=hybrid", "[recommend 007 with=hybrid]"),
      ("why 42 \"Heat (1995)\" with=hybrid", "[why 42 'Heat (1995)' with=hybrid]"),
      ("rate me \"Heat (1995)\":4", "[rate me 'Heat (1995):4']"),
      ("similar Heat (1995)", "[similar Heat (1995)]"),
      ("recommend 42 where=\"genres has Comedy\"", "[recommend 42 where='genres has Comedy']"),
      ("?", "[?]"),
      ("exit", "[exit]"),
      ("filter rating >= 4", "[filter «rating >= 4»]"),
      ("filter genres has Drama  # only these", "[filter «genres has Drama»] #"),
      ("filter genres has 'A; B' and x = 3; svd", "[filter «genres has 'A; B' and x = 3»] ; [svd]"),
      ("filter title has \"}\"", "[filter «title has \"}\"»]"),
      ("filter year > $y", "[filter «year > <y>»]"),
      ("filter", "[filter]"),
      ("tune metric=rmse svd k=10|20 center=bias", "[tune metric=rmse [svd k=10|20 center=bias]]"),
      ("crossval folds = 3 svd ratings; svd", "[crossval folds=3 [svd ratings]] ; [svd]"),
      ("crossval wibble k=2", "[crossval [unknown wibble k=2]]"),
      ("tune tune svd", "[tune [tune svd]]"),
      ("crossval \"svd\" k=2", "[crossval 'svd' k=2]"),
      ("tune", "[tune]"),
      ("wibble 3 k=4", "[unknown wibble 3 k=4]"),
      ("train svd", "[unknown train svd]"),
      ("print(x)", "[unknown print(x)]"),
      ("@x", "[unknown @x]"),
    ])
  func `reads a command as words`(text: String, tree: String) {
    let result = parse(text)
    #expect(treeText(result.script) == tree)
    #expect(result.diagnostics == [])
    #expect(!result.needsMoreInput)
  }

  @Test(
    arguments: [
      ("3", "3.0"),
      ("20%", "0.2"),
      ("1e-3", "0.001"),
      ("100_000", "100000.0"),
      ("1 + 2 * 3", "(1.0 + (2.0 * 3.0))"),
      ("(1 + 2) * 3", "((1.0 + 2.0) * 3.0)"),
      ("8 - 2 - 1", "((8.0 - 2.0) - 1.0)"),
      ("8 / 2 / 2", "((8.0 / 2.0) / 2.0)"),
      ("-2 * 3", "((- 2.0) * 3.0)"),
      ("2 - -3", "(2.0 - (- 3.0))"),
      ("2*k+1", "((2.0 * k) + 1.0)"),
      ("hybrid", "hybrid"),
      ("it.svd.precision@10", "it/svd/precision@10"),
      ("it.1.title", "it/1/title"),
      ("sweep.\"0.5\".rmse - 1", "(sweep/0.5/rmse - 1.0)"),
      ("0.8*svd + 0.2*tfidf", "((0.8 * svd) + (0.2 * tfidf))"),
      ("\"a \" + 'b'", "('a ' + 'b')"),
      ("(1 +\n  2\n  # a comment\n)", "(1.0 + 2.0)"),
      ("x = (1\n+ 2)\ny = 3", "x = (1.0 + 2.0) ; y = 3.0"),
      ("(1 + 2)\n3", "(1.0 + 2.0) ; 3.0"),
      ("k", "k"),
      ("k # comment", "k #"),
      ("svd.rmse", "svd/rmse"),
      ("étoile", "étoile"),
    ])
  func `reads an expression by precedence`(text: String, tree: String) {
    let result = parse(text)
    #expect(treeText(result.script) == tree)
    #expect(result.diagnostics == [])
  }

  @Test(
    arguments: [
      ("cf = svd k=50", "cf = [svd k=50]"),
      ("a, b = split", "a,b = [split]"),
      ("a,b,\n c = split test=20%", "a,b,c = [split test=20%]"),
      ("best = svd", "best = [svd]"),
      ("k=10", "k = 10.0"),
      ("svd = 3", "svd = 3.0"),
      ("gap = it.svd.rmse - it.popular.rmse", "gap = (it/svd/rmse - it/popular/rmse)"),
      ("sweep = for k in 5,10, 20 { svd k=$k; eval svd }", "sweep = for k in 5|10|20 { [svd k=<k>] ; [eval svd] }"),
      ("for k in 10..100:10 {\n  svd k=$k\n  eval svd\n}", "for k in 10..100:10 { [svd k=<k>] ; [eval svd] }"),
      ("for a in 1,2 { for b in 3 { a*b } }", "for a in 1|2 { for b in 3 { (a * b) } }"),
      ("for f in title,'a b' { tfidf fields=$f }", "for f in title|'a b' { [tfidf fields=<f>] }"),
      ("for y in 1,\n  2 { filter year > $y }", "for y in 1|2 { [filter «year > <y>»] }"),
      ("FOR k IN 1 { k }", "for k in 1 { k }"),
      ("for k in 1 { }", "for k in 1 {  }"),
      ("for k in 1 {}", "for k in 1 {  }"),
      ("expect it.svd.rmse < 0.9", "expect it/svd/rmse < 0.9"),
      ("expect it.svd.rmse ~ 0.8578", "expect it/svd/rmse ~ 0.8578"),
      ("expect 1 + 1 == 2", "expect (1.0 + 1.0) == 2.0"),
      ("expect x ~ -0.5", "expect x ~ (- 0.5)"),
      ("expect error load nowhere", "fails [load nowhere]"),
      ("expect error wibble", "fails wibble"),
      ("expect error x = load a", "fails x = [load a]"),
      ("expect error.rate < 3", "expect error/rate < 3.0"),
      ("expect error < 3", "expect error < 3.0"),
    ])
  func `reads bindings loops and expectations`(text: String, tree: String) {
    let result = parse(text)
    #expect(treeText(result.script) == tree)
    #expect(result.diagnostics == [])
  }

  @Test(
    arguments: [
      ("svd; eval svd", "[svd] ; [eval svd]"),
      (";;svd;;", "[svd]"),
      ("svd\r\neval svd\r\n", "[svd] ; [eval svd]"),
      ("svd \\\n k=5", "[svd k=5]"),
      ("svd \\\r\n k=5\r\n", "[svd k=5]"),
      ("svd k=5,\n 10", "[svd k=5|10]"),
      ("svd k=5, # five\n 10", "[svd k=5|10]"),
      ("eval popular,\r\n svd", "[eval popular svd]"),
      ("filter rating \\\n >= 4", "[filter «rating   >= 4»]"),
      ("# # Films\n# Two lines.\n#\n# End.\nsvd", "prose(# Films|Two lines.||End.) ; [svd]"),
      ("# one\n\n# two", "prose(one) ; prose(two)"),
      ("# one\r\n# two\r\n", "prose(one|two)"),
      ("#note\n  # note\nsvd # note", "comment ; comment ; [svd] #"),
      ("svd\n#> a\n#>\n#> b\neval", "[svd] >3 ; [eval]"),
      ("svd # note\n#> a", "[svd] # >1"),
      ("svd; eval\n#> a", "[svd] ; [eval] >1"),
      ("for k in 1 {\n svd\n}\n#> a\n#> b", "for k in 1 { [svd] } >2"),
      ("#> nothing before", "stray"),
      ("svd\n# text\n#> a", "[svd] ; prose(text) ; stray"),
      ("#!/usr/bin/env recline\n# Title\n#@ run seed=42", "interpreter ; prose(Title) ; record"),
      ("svd\n#!not first", "[svd] ; comment"),
      ("\u{FEFF}# Title\nsvd", "prose(Title) ; [svd]"),
      ("", ""),
      ("\n\n  \n", ""),
    ])
  func `keeps lines prose comments and recorded output apart`(text: String, tree: String) {
    let result = parse(text)
    #expect(treeText(result.script) == tree)
    #expect(result.diagnostics == [])
  }

  @Test(
    arguments: [
      ("load $dir/u.data", "[load <dir>/u.data]"),
      ("load ${dir}x", "[load <dir>x]"),
      ("load ${it.1.title}.csv", "[load <it/1/title>.csv]"),
      ("load $dir.csv", "[load <dir>.csv]"),
      ("load a$", "[load a$]"),
      ("load $5", "[load $5]"),
      (#"why 1 "Cash $ale""#, "[why 1 'Cash $ale']"),
      (#"why 1 "in ${year}!""#, "[why 1 'in <year>!']"),
      (#"why 1 "\${x} \"q\" \\ \t\n""#, "[why 1 '${x} \"q\" \\ \t\n']"),
      ("why 1 'it''s ${x} \\n'", "[why 1 'it's ${x} \\n']"),
      ("why 1 ''", "[why 1 '']"),
      (#"filter title == "in ${year}" or x > ${a.b}"#, #"[filter «title == "in <year>" or x > <a/b>»]"#),
      ("filter title == '${year}'", "[filter «title == '${year}'»]"),
    ])
  func `finds the names to replace in words`(text: String, tree: String) {
    let result = parse(text)
    #expect(treeText(result.script) == tree)
    #expect(result.diagnostics == [])
  }

  @Test(
    arguments: [
      ("for k in 1 {", true), ("for k in 1 {\n svd\n", true), ("for k in 1 {\n svd\n}", false), ("(1 +", true),
      ("(1 + 2", true), ("x = (1", true), ("eval a,", true), ("eval a,\n", true), ("eval a,\n\n", false),
      ("svd k=1, ", true), ("svd \\", true), ("svd \\\n", true), ("filter rating \\\n", true), ("svd", false),
      ("load \"abc", false), ("svd {", false), ("load \"abc\nfor k in 1 {", false), ("(1 + )", false),
    ])
  func `says whether another line is needed`(text: String, needsMore: Bool) {
    #expect(parse(text).needsMoreInput == needsMore)
  }

  @Test func `gives exact ranges of statements words and options`() throws {
    let text = "# Prose\ncf = svd k=50, 60 \"a b\"   # note\n#> out\n"
    let source = SourceText(text)
    let statement = try #require(parse(text).script.statements.first)
    #expect(source.text(in: statement.range) == "cf = svd k=50, 60 \"a b\"")
    #expect(statement.recorded.map { source.text(in: $0) } == ["#> out"])
    #expect(statement.trailingComment.map { source.text(in: $0) } == "# note")
    #expect(source.text(in: statement.targets[0].range) == "cf")
    guard case .command(let call) = statement.body else {
      Issue.record("no command")
      return
    }
    #expect(source.text(in: call.range) == "svd k=50, 60 \"a b\"")
    #expect(source.text(in: call.verb.range) == "svd")
    #expect(source.text(in: call.options[0].range) == "k=50, 60")
    #expect(call.options[0].values.map { source.text(in: $0.range) } == ["50", "60"])
    #expect(source.text(in: call.operands[0].range) == "\"a b\"")
  }

  @Test func `goes on after an error and reports every one`() {
    let result = parse("load \"a\nsvd k=\ncf = eval {\nx = 1 +\nsvd k=5\n}\n")
    let expected: [Diagnostic.Code] = [
      "unterminated-string", "missing-value", "unexpected-brace", "expected-expression",
    ]
    #expect(result.diagnostics.map(\.code) == expected)
    #expect(treeText(result.script) == "invalid ; invalid ; cf = invalid ; x = invalid ; [svd k=5]")
  }
}
