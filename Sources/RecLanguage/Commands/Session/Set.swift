import RecKernels
import RecModels

extension Command {
  /// Settings: what `set` changes; also the names that cannot be bound.
  static let settingSpecs: [OptionSpec] = [
    OptionSpec("seed", .count(0...Int.max), "keys every random choice; 42 at the start"),
    OptionSpec("threads", .count(1...1024), "how many threads work; results do not depend on it"),
    OptionSpec(
      "output",
      .choice([
        Choice("table", "with rules"), Choice("plain", "without"), Choice("markdown", "for a document"),
        Choice("json", "one object a line, for programs"),
      ]), "how results are shown; table on a terminal, plain elsewhere"),
    OptionSpec("timer", .flag, "tell each statement's time on standard error"),
    OptionSpec("color", .flag, "colours; on a terminal unless NO_COLOR is set"),
    OptionSpec("width", .count(40...1000), unit: "columns", "how wide results are; as the terminal"),
    OptionSpec("pager", .text, "the program that long results go through in the shell; off for none, auto for $PAGER"),
    OptionSpec("prompt", .text, "what the shell's prompt shows, such as \"{data} {model}\"; auto for its own"),
  ]

  /// Changes settings, or shows them.
  static let set = Command(
    "set", .session, summary: "change settings, or show them", options: settingSpecs,
    examples: [Example("set seed=7"), Example("set")]
  ) { call, session in
    guard !call.options.isEmpty else {
      let settings = session.settings
      let table = Table(
        columns: [Table.Column("setting", .text), Table.Column("value", .text), Table.Column("meaning", .text)],
        rows: settingSpecs.map { [.text($0.name), .text(settings.text($0.name)), .text($0.summary)] })
      return Reply(.table(table), outputs: [.table(table)])
    }
    if let seed = try call.count("seed") { session.settings.seed = UInt64(seed) }
    if let threads = try call.count("threads"), threads != session.settings.threadCount {
      session.settings.threadCount = threads
      session.execution = Execution(
        workers: Workers(threadCount: threads), cancellation: session.execution.cancellation,
        report: session.execution.report)
    }
    if let output = try call.word("output") { session.settings.output = output }
    if call.options["timer"] != nil { session.settings.showsTime = try call.flag("timer") }
    if call.options["color"] != nil { session.settings.color = try call.flag("color") }
    if let width = try call.count("width") { session.settings.width = width }
    if let pager = try call.word("pager") { session.settings.pager = pager.lowercased() == "auto" ? nil : pager }
    if let prompt = try call.word("prompt") { session.settings.prompt = prompt.lowercased() == "auto" ? nil : prompt }
    return Reply()
  }
}

extension Settings {
  /// A setting as one would type it.
  fileprivate func text(_ name: String) -> String {
    switch name {
    case "seed": String(seed)
    case "threads": String(threadCount)
    case "output": output ?? "auto"
    case "timer": showsTime ? "on" : "off"
    case "color": color.map { $0 ? "on" : "off" } ?? "auto"
    case "pager": pager ?? "auto"
    case "prompt": prompt ?? "auto"
    case "width": width.map(String.init) ?? "auto"
    default: ""
    }
  }
}
