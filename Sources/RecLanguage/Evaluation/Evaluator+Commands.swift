import RecModels

extension Evaluator {
  /// Runs a command: its words become a call, its reply becomes bindings, `it` and outputs.
  mutating func run(_ call: CommandCall, targets: [Name], in session: inout Session) throws -> Value? {
    guard let command = session.catalog.command(for: call.key) else {
      throw session.catalog.unknownCommand(call.verb, boundNames: session.names)
    }
    let typed = try self.call(call, command, targets: targets, in: session)
    do {
      let reply = try reply(to: typed, in: &session)
      return try take(reply, command, targets: targets, at: call.range, in: &session)
    } catch {
      throw Self.relocated(error, at: call.verb.range)
    }
  }

  /// What a command replies; one that fails halfway leaves nothing behind.
  ///
  /// The session as it was lives no longer than this call: binding a name while it is held would copy all the others.
  private func reply(to call: Call, in session: inout Session) throws -> Reply {
    let before = session
    do {
      let reply = try call.command.run(call, &session)
      if before.settings.isStrict, let warning = reply.firstWarning {
        var error = warning
        error.severity = .error
        throw error
      }
      return reply
    } catch {
      session = before
      throw error
    }
  }

  /// The words with their names replaced, laid against the command's slots.
  private func call(
    _ call: CommandCall, _ command: Command, targets: [Name], in session: Session
  ) throws(Diagnostic) -> Call {
    let matched = MatchedCall(call, command)
    if let problem = matched.problems.first { throw problem }
    let resolve = { (reference: Reference) throws(Diagnostic) in try self.text(of: reference, in: session) }
    var operands: [Call.Argument] = []
    for (word, operand) in matched.operands {
      operands.append(try word.argument(for: operand.slot, replacing: resolve))
    }
    var options: [String: [Call.Argument]] = [:]
    for (argument, spec) in matched.options {
      var values: [Call.Argument] = []
      for word in argument.values { values.append(try word.argument(for: spec.slot, replacing: resolve)) }
      options[spec.name] = values
    }
    return Call(
      command: matched.command, operands: operands, options: options, range: call.range, verbRange: call.verb.range,
      targets: targets.map(\.text), inner: try innerCalls(of: call, command, in: session))
  }

  /// The calls that the command behind another one stands for.
  private func innerCalls(
    of call: CommandCall, _ command: Command, in session: Session
  ) throws(Diagnostic) -> [Call] {
    guard let nesting = command.nesting, let inner = call.inner.first else { return [] }
    let innerCommand = try session.catalog.innerCommand(inner, of: command) { session.statement(ofModel: $0) }
    switch nesting {
    case .plain: return [try self.call(inner, innerCommand, targets: [], in: session)]
    case .alternatives:
      let alternatives = Alternatives(inner, innerCommand)
      try alternatives.check()
      var calls: [Call] = []
      for index in 0..<alternatives.count {
        calls.append(try self.call(alternatives[index], innerCommand, targets: [], in: session))
      }
      return calls
    }
  }

  private mutating func take(
    _ reply: Reply, _ command: Command, targets: [Name], at range: SourceRange, in session: inout Session
  ) throws -> Value? {
    let values = reply.bindings.isEmpty ? [reply.value].compactMap { $0 } : reply.bindings.map(\.value)
    if let surplus = targets.dropFirst(values.count).first {
      guard !values.isEmpty else {
        throw Diagnostic("no-value", "'\(command.verb)' has no value to bind", at: surplus.range)
      }
      throw Diagnostic.surplusTarget(surplus, verb: command.verb, names: reply.bindings.map(\.name))
    }
    for content in reply.outputs { tell(content) }
    if targets.isEmpty {
      for (name, value) in reply.bindings { bind(name, value, in: &session) }
    }
    for (target, value) in zip(targets, values) { bind(target.text, value.named(target.text), in: &session) }
    if let value = reply.value { session.it = value }
    if reply.ending == .quit { throw Stop.quit }
    if let script = reply.script { try run(script, in: &session) }
    return reply.value
  }

  /// An error of a command, placed at its verb where it has no place; others pass.
  private static func relocated(_ error: any Error, at range: SourceRange) -> any Error {
    (error as? Diagnostic)?.located(at: range) ?? error
  }
}

extension Reply {
  fileprivate var firstWarning: Diagnostic? {
    outputs.lazy.compactMap { if case .warning(let diagnostic) = $0 { diagnostic } else { nil } }.first
  }
}
