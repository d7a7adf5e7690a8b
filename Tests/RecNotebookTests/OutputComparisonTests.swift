import Testing

import RecNotebook

struct OutputComparisonTests {
  /// A recorded line, a printed line, and whether the second is what was recorded.
  static let lines: [(recorded: String, printed: String, matches: Bool)] = [
    ("", "", true),
    ("610 users", "610 users", true),
    ("610 users", "611 users", false),
    ("svd", "SVD", false),
    // One in the last printed digit.
    ("rmse 0.8578", "rmse 0.8579", true),
    ("rmse 0.8578", "rmse 0.8577", true),
    ("rmse 0.8578", "rmse 0.8580", false),
    ("rmse 0.8578 mae 0.66", "rmse 0.8577 mae 0.67", true),
    ("rmse 0.8578 mae 0.66", "rmse 0.8577 mae 0.68", false),
    ("1.70% filled", "1.71% filled", true),
    ("1,234.5", "1,234.6", true),
    ("1,234.5", "1,235.5", false),
    ("-0.00", "0.00", true),
    ("-0.01", "0.00", true),
    ("-0.01", "0.01", false),
    ("1.50e-07", "1.51e-07", true),
    ("1.50e-07", "1.50e-08", false),
    ("9.99e-08", "1.00e-07", true),
    // A number that gains a digit takes it from its column's blanks; elsewhere blanks are text.
    ("│  9.99 │", "│ 10.00 │", true),
    (" 9.99", "10.00", true),
    ("mean 9.99", "mean 10.00", true),
    ("│ 9.99 │", "│  9.99 │", false),
    ("a  b", "a b", false),
    ("0.999", "1.00", true),
    ("0.99", "1.0", true),
    ("9.95", "10.0", false),
    // Inside a word no number begins or ends.
    ("v1.5", "v1.6", false),
    ("1.2.3", "1.2.4", false),
    ("a_1.5", "a_1.6", false),
    ("2.5x", "2.6x", false),
    ("1.", "2.", false),
    ("took 0.5 s.", "took 0.4 s.", true),
    ("It is 0.5.", "It is 0.4.", true),
    // Both ends of a range are numbers.
    ("0.798..0.820", "0.797..0.821", true),
    ("0.798..0.820", "0.798..0.822", false),
    ("(-0.0007..0.0045)", "(-0.0006..0.0044)", true),
    ("0.79...", "0.80...", true),
    // `[..]` is anything within a line.
    ("took [..] s", "took 1.234 s", true),
    ("took [..] s", "took  s", true),
    ("took [..] s", "took 1.234 min", false),
    ("[..]", "anything", true),
    ("[..]", "", true),
    ("[..]a[..]b", "xxaxxaxb", true),
    ("[..]a[..]b", "xxaxxaxc", false),
    ("[..] 0.50", "svd 0.51", true),
    ("[ .. ]", "[ . ]", false),
    // Blanks at the end do not count.
    ("popular  ", "popular", true),
    ("popular", "popular \t", true),
    ("   ", "", true),
    // Long digits are text.
    ("0.1234567890123456789012345678901", "0.1234567890123456789012345678902", false),
    ("0.12345678901234567890123456", "0.12345678901234567890123457", true),
  ]

  @Test(arguments: lines)
  func `a printed line is what was recorded`(_ row: (recorded: String, printed: String, matches: Bool)) {
    #expect(OutputComparison(recorded: [row.recorded], printed: [row.printed]).isEqual == row.matches)
  }

  /// Recorded and printed lines, each joined by `/`, and the difference: `=` kept, `-` missing, `+` added.
  static let outputs: [(recorded: String, printed: String, difference: String)] = [
    ("a/b", "a/b", "=a =b"),
    ("a/b/c", "a/x/c", "=a -b +x =c"),
    ("a/c", "a/b/c", "=a +b =c"),
    ("a/b/c", "a/c", "=a -b =c"),
    ("a", "", "-a +"),
    ("a/1.50/b", "a/1.51/b", "=a =1.50 =b"),
    // `...` is any number of lines.
    ("a/.../z", "a/z", "=a =... =z"),
    ("a/.../z", "a/b/c/z", "=a =... =z"),
    ("...", "a/b", "=..."),
    (".../z", "a/z/b/z", "=... =z"),
    ("a/...", "b/c", "-a =..."),
    ("a/.../m/.../z", "a/b/m/c/z", "=a =... =m =... =z"),
    ("a/.../m/.../z", "a/b/c/z", "=a =... -m =... =z"),
    ("x/.../z", "a/b/z", "-x =... =z"),
  ]

  @Test(arguments: outputs)
  func `the difference is the smallest`(_ row: (recorded: String, printed: String, difference: String)) {
    func lines(_ text: String) -> [String] {
      text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }
    let comparison = OutputComparison(recorded: lines(row.recorded), printed: lines(row.printed))
    let difference = comparison.lines.map {
      switch $0 {
      case .kept(let text): "=" + text
      case .missing(let text): "-" + text
      case .added(let text): "+" + text
      }
    }
    #expect(difference.joined(separator: " ") == row.difference)
    #expect(comparison.isEqual == !row.difference.contains { "+-".contains($0) })
  }

  @Test func `what holds is kept and the rest is written anew`() {
    let comparison = OutputComparison(
      recorded: ["took [..] s", "rmse 0.50", "mae 0.40"], printed: ["took 2.1 s", "rmse 0.51", "mae 0.50"])
    #expect(comparison.updated == ["took [..] s", "rmse 0.50", "mae 0.50"])
  }

  @Test func `very long outputs that differ everywhere are told apart without a table of all pairs`() {
    let recorded = (0..<5000).map { "recorded \($0)" }
    let printed = (0..<5000).map { "printed \($0)" }
    let comparison = OutputComparison(recorded: recorded, printed: printed)
    #expect(comparison.lines == recorded.map { .missing($0) } + printed.map { .added($0) })
  }
}

struct ReorderedOutputTests {
  @Test(arguments: [
    (["1 7 Heat 0.5", "2 9 Fargo 0.5"], ["1 9 Fargo 0.5", "2 7 Heat 0.5"], true),
    (["1 7 Heat 0.50", "2 9 Fargo 0.50"], ["1 9 Fargo 0.51", "2 7 Heat 0.50"], true),
    (["1 7 Heat 0.5", "2 9 Fargo 0.5"], ["1 9 Fargo 0.5", "2 8 Heat 0.5"], false),
    (["1 7 Heat 0.5"], ["1 9 Fargo 0.5", "2 7 Heat 0.5"], false),
    (["1 a 0.5"], ["1 a 0.5"], false),
    // Rows whose scores differ have not swapped places because they are near.
    (["1 7 Heat 0.9", "2 9 Fargo 0.5"], ["1 9 Fargo 0.5", "2 7 Heat 0.9"], false),
    (["Heat 0.5", "Fargo 0.5"], ["Fargo 0.5", "Heat 0.5"], false),
  ]) func `rows that only changed places are told from others`(recorded: [String], printed: [String], isReordered: Bool)
  {
    #expect(OutputComparison(recorded: recorded, printed: printed).isReordered == isReordered)
  }
}
