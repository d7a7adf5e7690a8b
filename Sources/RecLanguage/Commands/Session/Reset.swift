extension Command {
  /// Starts anew.
  static let reset = Command(
    "reset", .session, summary: "forget every name; settings stay", examples: [Example("reset", after: .trained)]
  ) { _, session in
    session.reset()
    return Reply()
  }
}
