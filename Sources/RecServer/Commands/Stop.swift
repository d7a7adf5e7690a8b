import RecLanguage

extension Command {
  /// The end of the server.
  static let stop = Command(
    "stop", .using, summary: "end the server of this session",
    examples: [Example("serve svd port=0; stop", after: .trained)],
    notes: "Requests that it has begun are answered first."
  ) { call, session in
    guard let running = session.background else {
      throw Diagnostic(
        "nothing-there", "nothing is being served", at: call.verbRange, help: "serve starts a server beside the prompt")
    }
    running.stop()
    session.background = nil
    return Reply(outputs: [.text("no longer \(running.phrase)")])
  }
}
