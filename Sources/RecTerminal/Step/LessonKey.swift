/// A command of a lesson: a letter, or the word for it, and Enter.
enum LessonKey: String, CaseIterable {
  case run = ""
  case back = "b"
  case skip = "s"
  case play = "p"
  case restart = "r"
  case leave = "q"
  case keys = "?"

  private var words: [String] {
    switch self {
    case .run: []
    case .back: ["back"]
    case .skip: ["skip"]
    case .play: ["play"]
    case .restart: ["restart"]
    case .leave: ["quit", "exit"]
    case .keys: ["keys", "h", "help"]
    }
  }

  init?(typed text: String) {
    let text = text.trimmed.lowercased()
    guard let key = Self.allCases.first(where: { $0.rawValue == text || $0.words.contains(text) }) else { return nil }
    self = key
  }

  static let help = """
    Enter  runs the statement
    b      goes back one statement; the session is as it was before it
    s      skips the statement
    p      play: try things on a copy of the session; `resume` or Ctrl-D returns
    r      begins anew
    q      leaves and keeps the place
    ? h    shows this

    """

  static let exerciseHelp = """
    Type a statement and Enter: it runs on a copy of the session, and what is asked for is checked.
    hint      gives a hint
    solution  shows a solution and runs it
    skip      goes on without an answer
    b p r q   as at statements

    """
}
