extension Command {
  /// Ends the session.
  static let quit = Command("quit", .session, summary: "end the session", examples: [Example("quit")]) { _, _ in
    Reply(ending: .quit)
  }
}
