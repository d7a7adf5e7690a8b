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
        Choice("auto", "table on a terminal, plain elsewhere"), Choice("table", "with rules"),
        Choice("plain", "without, for screen readers too"), Choice("markdown", "for a document"),
        Choice("json", "one object a line, for programs"),
      ]), "how results are shown"),
    OptionSpec("timer", .flag, "tell each statement's time on standard error"),
    OptionSpec(
      "color",
      .choice([
        Choice("auto", "on a terminal unless NO_COLOR is set"), Choice("on", "always"), Choice("off", "never"),
      ]),
      "whether results have colours"),
    OptionSpec("width", .count(0...1000), unit: "columns", "how wide results are, 40 or more; 0 as the terminal"),
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
    if let output = try call.word("output") { session.settings.output = output == "auto" ? nil : output }
    if call.options["timer"] != nil { session.settings.showsTime = try call.flag("timer") }
    if let color = try call.word("color") { session.settings.color = color == "auto" ? nil : color == "on" }
    if let width = try call.count("width") {
      guard width == 0 || width >= 40 else {
        throw Diagnostic(
          .badValue, "a width of \(width) has no room for results", at: call.argument("width")?.range ?? call.verbRange,
          hint: "40 columns or more; 0 as the terminal")
      }
      session.settings.width = width == 0 ? nil : width
    }
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
