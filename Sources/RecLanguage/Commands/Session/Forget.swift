import RecModels

extension Command {
  /// Unbinds names.
  static let forget = Command(
    "forget", .session, summary: "unbind names and free what they hold",
    operands: [Operand("names", .name, .any, "names to unbind")],
    examples: [Example("forget svd", after: .trained)]
  ) { call, session in
    guard !call.operands.isEmpty else {
      throw Diagnostic(.missingOperand, "'forget' needs a name", at: call.verbRange, help: "`reset` forgets everything")
    }
    for argument in call.operands where session[argument.text] == nil {
      throw Diagnostic.unknownName(argument, kind: "value", among: session.names)
    }
    for argument in call.operands { session.unbind(argument.text) }
    return Reply()
  }
}
