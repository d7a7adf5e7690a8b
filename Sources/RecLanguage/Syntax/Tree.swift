/// A script as it was written: statements, prose and comments in their order.
package struct Script: Sendable, Equatable {
  package var items: [Item]

  package enum Item: Sendable, Equatable {
    case statement(Statement)
    case prose(Prose)
    /// A comment that no reader sees: `#text`, or an indented `#`.
    case comment(SourceRange)
    /// A `#@` line: how the outputs of the script were recorded.
    case runRecord(SourceRange)
    /// A `#>` line that follows no statement.
    case strayRecord(SourceRange)
    /// A first line `#!…`.
    case interpreter(SourceRange)
  }

  package init(items: [Item] = []) {
    self.items = items
  }

  /// The statements, without what stands between them.
  package var statements: [Statement] {
    items.compactMap { if case .statement(let statement) = $0 { statement } else { nil } }
  }
}

/// Markdown between statements: successive lines that start with `# `, or are `#` alone, in column one.
package struct Prose: Sendable, Equatable {
  /// The lines without their `# `.
  package var lines: [String]
  package var range: SourceRange

  /// The lines as one Markdown text.
  package var markdown: String { lines.joined(separator: "\n") }
}

/// One statement with what belongs to it.
package struct Statement: Sendable, Equatable {
  /// The names before `=`; none where the value becomes `it`.
  package var targets: [Name]
  package var body: Body
  /// From the first target to the last word.
  package var range: SourceRange
  /// A comment behind it on its line.
  package var trailingComment: SourceRange?
  /// The `#>` lines of its recorded output, without line breaks; with several statements on a line, of all of them.
  package var recorded: [SourceRange] = []

  package indirect enum Body: Sendable, Equatable {
    case command(CommandCall)
    case expression(Expression)
    case loop(Loop)
    case expectation(Expectation)
    /// `expect error COMMAND`: the statement that must fail.
    case failure(Statement)
    /// Something that was reported as an error.
    case invalid
  }
}

/// A name with its place.
package struct Name: Sendable, Hashable {
  package var text: String
  package var range: SourceRange

  package init(_ text: String, _ range: SourceRange) {
    self.text = text
    self.range = range
  }
}

/// A command with its words, before any slot has looked at them.
package struct CommandCall: Sendable, Equatable {
  /// As written; verbs are matched without regard to case, see ``key``.
  package var verb: Name
  /// Whether the verb was in the lexicon.
  package var isKnown: Bool
  package var arguments: [Argument]
  /// The command that stands behind them, as in `tune svd k=10|20`: none, or one without a command of its own.
  package var inner: [CommandCall] = []
  package var range: SourceRange

  package enum Argument: Sendable, Equatable {
    case operand(Word)
    case option(OptionArgument)
  }

  /// The verb in lower case.
  package var key: String { verb.text.lowercased() }

  package var operands: [Word] {
    arguments.compactMap { if case .operand(let word) = $0 { word } else { nil } }
  }

  package var options: [OptionArgument] {
    arguments.compactMap { if case .option(let option) = $0 { option } else { nil } }
  }
}

/// `NAME=word,word`.
package struct OptionArgument: Sendable, Equatable {
  package var name: Name
  package var values: [Word]
  package var range: SourceRange

  /// The name in lower case.
  package var key: String { name.text.lowercased() }
}

/// `for NAME in word,word { … }`.
package struct Loop: Sendable, Equatable {
  package var variable: Name
  package var items: [Word]
  package var body: Script
  package var range: SourceRange
}

/// `expect a < b`.
package struct Expectation: Sendable, Equatable {
  package var left: Expression
  package var comparator: Comparator
  package var comparatorRange: SourceRange
  package var right: Expression
}

package enum Comparator: String, Sendable, CaseIterable {
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case equal = "=="
  /// Equal to the right side's written digits, ±1 in the last.
  case approximately = "~"
}

/// Arithmetic over numbers, strings, names and fields.
package indirect enum Expression: Sendable, Equatable {
  /// A number and how it was written.
  case number(Double, written: String, SourceRange)
  case text(Word)
  case reference(Reference)
  case negation(Expression, SourceRange)
  case arithmetic(Expression, ArithmeticOperator, operatorRange: SourceRange, Expression)
  case group(Expression, SourceRange)

  package var range: SourceRange {
    switch self {
    case .number(_, _, let range), .negation(_, let range), .group(_, let range): range
    case .text(let word): word.range
    case .reference(let reference): reference.range
    case .arithmetic(let left, _, _, let right): left.range.union(right.range)
    }
  }
}

package enum ArithmeticOperator: String, Sendable, CaseIterable {
  case plus = "+"
  case minus = "-"
  case times = "*"
  case over = "/"

  /// How tightly it binds its sides; the higher, the tighter.
  var bindingPower: Int {
    switch self {
    case .plus, .minus: 1
    case .times, .over: 2
    }
  }
}

/// A name with fields: `it.svd.rmse`, `sweep."0.5".rmse`.
package struct Reference: Sendable, Equatable {
  package var name: Name
  package var fields: [Name]
  package var range: SourceRange
}
