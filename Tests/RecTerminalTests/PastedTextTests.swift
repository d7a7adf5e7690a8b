import Testing

@testable import RecTerminal

@Suite struct `Pasted text` {
  @Test(arguments: [
    ("svd", ["svd"], false),
    ("svd\n", ["svd"], true),
    ("svd\r\neval\r\n", ["svd", "eval"], true),
    ("recline › svd k=2\n", ["svd k=2"], true),
    ("recline ml-latest-small · svd › eval\n      … › }\n", ["eval", "}"], true),
    ("recline › recline › svd\n", ["svd"], true),
    ("recline ›\n", [""], true),
    ("svd\n#> trained\n#@ run 1\neval", ["svd", "eval"], false),
    ("svd\n#> trained", ["svd"], true),
    ("svd\tk=2\u{1B}[A", ["svd k=2[A"], false),
    ("similar \"A › B\"\n", ["similar \"A › B\""], true),
    ("x=› 1\n", ["x=› 1"], true),
    ("# a › b\n", ["# a › b"], true),
    ("a›b\n", ["a›b"], true),
    ("", [], false),
  ])
  func `is made into lines to run`(text: String, lines: [String], endsLine: Bool) {
    let pasted = PastedText(text)
    #expect(pasted.lines == lines)
    #expect(pasted.endsLine == endsLine)
  }
}
