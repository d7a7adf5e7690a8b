extension ErrorGuide {
  /// What is wrong with the form of a statement.
  static let form: [ErrorGuide] = [
    ErrorGuide("unterminated-string", "A quote is opened and not closed on its line.", "load \"ml-latest-small"),
    ErrorGuide("unknown-escape", "In double quotes a backslash stands before \" \\ $ t or n only.", "load \"a\\q\""),
    ErrorGuide("text-after-quote", "A word in quotes ends with its quote; a space is missing.", "load \"a\"b"),
    ErrorGuide("curly-quote", "Only the straight quotes \" and ' hold words together.", "load “Heat”"),
    ErrorGuide("malformed-reference", "'${' is followed by a name and '}'.", "load a${}"),
    ErrorGuide("malformed-field", "A point is followed by the name of a field: it.svd.rmse.", "it."),
    ErrorGuide("missing-value", "An option needs a value behind its '='.", "svd k="),
    ErrorGuide("unexpected-equals", "An option has a name, one '=' and a value.", "svd k==5"),
    ErrorGuide("misplaced-comma", "A comma stands between two words.", "svd k=5,,6"),
    ErrorGuide("trailing-comma", "A comma is followed by another word.", "eval a,"),
    ErrorGuide("unexpected-brace", "Braces belong to the block of a 'for' only.", "svd { k }"),
    ErrorGuide("unmatched-brace", "A '}' closes a block, and none is open.", "}"),
    ErrorGuide("missing-brace", "A block that '{' opens is closed by '}'.", "for k in 1 { svd"),
    ErrorGuide("malformed-loop", "A loop reads: for k in 5,10,20 { … }.", "for k 5,10 { svd }"),
    ErrorGuide("setting-name", "Names of settings cannot be bound; 'set' changes them.", "seed=7"),
    ErrorGuide("reserved-name", "Words of the language cannot be bound.", "it = 7"),
    ErrorGuide("repeated-target", "Each name before '=' takes another value.", "a, a = split"),
    ErrorGuide("expected-expression", "A number, a string or a name is missing.", "1 +"),
    ErrorGuide("malformed-number", "A number has digits, and perhaps one point and an exponent.", "5x"),
    ErrorGuide("expected-operator", "Between two values stands an operator such as +.", "1 2"),
    ErrorGuide("missing-parenthesis", "A parenthesis that is opened is closed again.", "(1 + 2"),
    ErrorGuide("expected-parenthesis", "Something stands where ')' must close a parenthesis.", "(1 ;"),
    ErrorGuide("unmatched-parenthesis", "A ')' closes a parenthesis, and none is open.", "1 + 2)"),
    ErrorGuide("comparison-outside-expect", "Comparisons follow 'expect'.", "1 < 2"),
    ErrorGuide(
      "malformed-expect", "'expect error' is followed by a command, '~' by a written number.",
      "expect error for k in 1 { svd }"),
    ErrorGuide("expected-comparison", "A comparison has two sides and one of < <= > >= == ~.", "expect 1"),
    ErrorGuide("unknown-comparison", "Comparisons are < <= > >= == and ~.", "expect 1 = 1"),
    ErrorGuide("expect-has-no-value", "'expect' fails or passes; it gives nothing to bind.", "a = expect 1 < 2"),
    ErrorGuide("missing-command", "A command is missing.", "expect error"),
    ErrorGuide("name-with-dollar", "'$' puts a name into a word of a command; alone the name does.", "$k = 5"),
    ErrorGuide(
      "unexpected-text", "Something follows where the condition is over.", "filter rating is 4", after: .guide),
    ErrorGuide("expected-field", "A condition starts with the name of a field.", "filter >= 4", after: .guide),
    ErrorGuide(
      "nested-too-deeply", "Parentheses and blocks are nested at most so deep.",
      withoutExample: "the statement that shows it has hundreds of parentheses"),
    ErrorGuide(
      "expression-too-long", "An expression has at most so many parts; names hold parts of it.",
      withoutExample: "the statement that shows it has thousands of parts"),
    ErrorGuide("surplus-operand", "The command takes no further words.", "split ratings ratings", after: .guide),
    ErrorGuide("missing-operand", "The command needs a word that is not there.", "similar", after: .guide),
    ErrorGuide(
      "repeated-option", "An option is given once; alternatives are for 'tune'.", "svd k=2 k=3", after: .guide),
    ErrorGuide("malformed-value", "The option takes another kind of value.", "svd k=many", after: .guide),
    ErrorGuide("bad-operand", "The command cannot take this word.", "save lab.xyz", after: .guide),
    ErrorGuide(
      "invalid-statement", "The statement has an error that was told before.",
      withoutExample: "the errors in its form are told in its place"),
    ErrorGuide(
      "more-errors", "A script with more than 20 errors has the rest counted.",
      withoutExample: "it takes a script of 21 errors"),
  ]
}
