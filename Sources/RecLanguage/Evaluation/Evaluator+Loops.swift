import RecKernels

extension Evaluator {
  /// More rounds than this are an error.
  static let roundLimit = 100_000

  /// Runs a loop; gives the rows of each round's last statement, or nil where no round had a value.
  mutating func run(_ loop: Loop, in session: inout Session) throws -> Table? {
    let items = try items(of: loop, in: session)
    let statements = loop.body.statements
    var table = LoopTable(variable: loop.variable.text)
    loopDepth += 1
    defer { loopDepth -= 1 }
    for (round, item) in items.enumerated() {
      session.execution.report(
        Progress(label: "for \(loop.variable.text)", fraction: Double(round) / Double(items.count)))
      try session.execution.checkpoint()
      let value = Value(loopItem: item)
      session.bind(loop.variable.text, value)
      loopTexts[loop.variable.text] = (item, value)
      var last: Value?
      for statement in statements { last = try execute(statement, in: &session) }
      if let last { table.append(last, for: item) }
    }
    return table.table
  }

  private func items(of loop: Loop, in session: Session) throws(Diagnostic) -> [String] {
    var items: [String] = []
    for word in loop.items {
      let text = try word.text { reference throws(Diagnostic) in try self.text(of: reference, in: session) }
      if word.quoting == .bare, Literal.looksLikeRange(text) {
        do { items += try Literal.range(text).texts } catch { throw error.diagnostic(at: word.range) }
      } else {
        items.append(text)
      }
      if items.count > Self.roundLimit {
        throw Diagnostic("too-many-rounds", "a loop has more than \(grouped(Self.roundLimit)) rounds", at: word.range)
      }
    }
    return items
  }
}

extension Value {
  /// A loop's word as what expressions see: a number where it is one.
  fileprivate init(loopItem text: String) {
    self = (try? Literal.number(text)).map(Value.number) ?? .text(text)
  }
}
