import RecKernels

extension Evaluator {
  /// Fails when the comparison is false or a side is undefined.
  func check(_ expectation: Expectation, at range: SourceRange, in session: Session) throws {
    let left = try evaluate(expectation.left, in: session)
    let right = try evaluate(expectation.right, in: session)
    let holds: Bool
    switch (left, right) {
    case (.number(let a), .number(let b)):
      if expectation.comparator == .approximately {
        holds = isApproximately(a, b, writtenAs: expectation.right)
      } else {
        holds = a.isFinite && b.isFinite && expectation.comparator.holds(a, b)
      }
    case (.text(let a), .text(let b)):
      holds = expectation.comparator.holds(a, b)
    default:
      let pairs = [(left, expectation.left), (right, expectation.right)]
      for (value, side) in pairs where !value.isWord {
        throw Diagnostic(
          .wrongKind, "only numbers and texts are compared, and \(quoted(side)) is \(value.kindPhrase)", at: side.range)
      }
      throw Diagnostic(
        .wrongKind,
        "\(quoted(expectation.left)) is \(left.kindPhrase), and \(quoted(expectation.right)) is \(right.kindPhrase)",
        at: range)
    }
    guard !holds else { return }
    var found = "\(quoted(expectation.left)) is \(left.shownInMessage)"
    if !expectation.right.isWrittenNumber, !expectation.right.isString {
      found += ", \(quoted(expectation.right)) is \(right.shownInMessage)"
    }
    throw Stop.unmet(Diagnostic(.unmetExpectation, "the expectation is not met: \(found)", at: range))
  }

  /// Equal to b's written digits, ±1 in the last; whole numbers must be equal.
  private func isApproximately(_ a: Double, _ b: Double, writtenAs expression: Expression) -> Bool {
    guard a.isFinite, b.isFinite else { return false }
    let places = Literal.decimalCount(expression.writtenNumber)
    guard places > 0 else { return a == b }
    let scale = Literal.powerOfTen(places)
    return abs((a * scale).rounded() - (b * scale).rounded()) <= 1
  }

  /// Runs a statement that must fail, on a session of its own; its diagnostic is the output.
  mutating func expectFailure(of statement: Statement, at range: SourceRange, in session: Session) throws {
    var trial = session
    var diagnostic: Diagnostic
    let depth = loopDepth
    loopDepth += 1
    defer { loopDepth = depth }
    do {
      _ = try execute(statement, in: &trial)
      throw Stop.unmet(notFailed(Diagnostic.quoted(source.text(in: statement.range)), at: range))
    } catch let stop as Stop {
      guard case .quit = stop else { throw stop }
      throw Stop.unmet(notFailed("'quit'", at: range))
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch {
      diagnostic = Self.diagnostic(for: error, at: statement.range)
    }
    loopDepth = depth
    diagnostic.range = nil
    tell(.text(DiagnosticRenderer().render(diagnostic)))
  }

  private func notFailed(_ command: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.unmetExpectation, "the expectation is not met: \(command) did not fail", at: range)
  }

  private func quoted(_ expression: Expression) -> String {
    Diagnostic.quoted(source.text(in: expression.range))
  }
}

extension Comparator {
  fileprivate func holds<T: Comparable>(_ a: T, _ b: T) -> Bool {
    switch self {
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    case .equal, .approximately: a == b
    }
  }
}

extension Value {
  fileprivate var isWord: Bool {
    switch self {
    case .number, .text: true
    case .table, .figure, .dataset, .items, .users, .model: false
    }
  }

  fileprivate var shownInMessage: String {
    switch self {
    case .number(let number): number.isFinite ? plain(number) : "undefined"
    case .text(let text): Diagnostic.quoted(text)
    default: kindPhrase
    }
  }
}

extension Expression {
  fileprivate var isString: Bool {
    if case .text = self { true } else { false }
  }

  /// The digits of a written number, without its sign.
  fileprivate var writtenNumber: String {
    switch self {
    case .number(_, let written, _): written
    case .negation(let operand, _): operand.writtenNumber
    default: ""
    }
  }
}
