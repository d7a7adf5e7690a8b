import RecTerminal

// The line editor with nothing behind it: what it gives is written back, so that tests see it apart from the language.

let history = HistoryLog(path: HistoryLog.defaultPath())

func complete(_ line: String, _ cursor: Int) -> Completions {
  let words = ["ndcg", "precision", "precise", "recall", "rmse"]
  let before = String(decoding: Array(line.utf8)[..<cursor], as: UTF8.self)
  let word = before.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
  let start = cursor - word.utf8.count
  var candidates = words.filter { $0.hasPrefix(word) }.map { Candidate($0) }
  if word.hasPrefix("\"") { candidates = [Candidate("\"Heat (1995)\"")] }
  if word.hasPrefix("k") { candidates = [Candidate("k=", help: "number of factors", appendSpace: false)] }
  return Completions(replace: start..<cursor, candidates: candidates)
}

/// What a line holds, made visible: a line's end as `⏎`.
func shown(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "⏎")
}

func run(_ editor: LineEditor, _ history: HistoryLog) {
  var earlier = ""
  while true {
    let prompt = Prompt(earlier.isEmpty ? "echo › " : "   … › ", color: "1;36")
    switch editor.readLine(prompt: prompt, continuing: earlier) {
    case .line(let line) where line.hasSuffix("\\"):
      earlier += line + "\n"
    case .line(let line):
      let statement = earlier + line
      earlier = ""
      history.add(statement)
      let end = ContinuousClock.now + .milliseconds(statement == "work" ? 500 : 0)
      while ContinuousClock.now < end {}
      print("[\(shown(statement))]")
      if statement == "quit" { return }
    case .interrupted:
      earlier = ""
      print("<interrupted>")
    case .endOfFile:
      print("<end>")
      return
    }
  }
  if let warning = history.warning { print(warning) }
}

if let editor = LineEditor(history: history, completer: complete) {
  run(editor, history)
} else {
  print("no terminal")
}
