package import RecEvaluation
package import RecModels

/// The words of `help`, read from the catalogs.
package enum HelpText {
  /// Every command by group, a line each.
  package static func overview(_ catalog: CommandCatalog) -> String {
    var lines: [String] = []
    let width = catalog.commands.map(\.verb.count).max() ?? 0
    for group in Command.Group.allCases {
      let commands = catalog.commands.filter { $0.group == group }
      guard !commands.isEmpty else { continue }
      if !lines.isEmpty { lines.append("") }
      lines.append(group.rawValue)
      lines += commands.map { "  \(padded($0.verb, to: width))  \($0.summary)" }
    }
    lines += ["", "Metrics"] + wrap("  " + MetricCatalog.metrics.map(\.name).joined(separator: ", "), width: 78)
    lines += ["", "More: help svd · help ndcg · help language · help guide · help ! (last error)"]
    return lines.joined(separator: "\n")
  }

  /// One command: what it does, its words, examples, source.
  package static func command(_ command: Command) -> String {
    var sections = [
      heading(command.verb, command.summary), wrap("  " + usage(of: command), width: 78).joined(separator: "\n  "),
    ]
    if !command.operands.isEmpty {
      sections.append(list("operands", command.operands.map { ($0.name, $0.summary) }))
    }
    if !command.options.isEmpty {
      sections.append(list("options", command.options.map { ("\($0.name)=", describe($0)) }))
    }
    if !command.parts.isEmpty {
      let more = "  help \(command.verb) \(command.parts[0].partName) explains one of them"
      sections.append(list("what it does", command.parts.map { ($0.partName, $0.summary) }) + "\n" + more)
    }
    if !command.notes.isEmpty { sections.append(filled(command.notes)) }
    if !command.examples.isEmpty {
      sections.append((["examples"] + command.examples.map { "  \($0.statement)" }).joined(separator: "\n"))
    }
    if let source = command.source { sections.append(filled("source: " + source)) }
    return sections.joined(separator: "\n\n")
  }

  /// One metric: its exact definition.
  package static func metric(_ metric: Metric) -> String {
    let cutoff = metric.cutoff == .always ? "@k" : ""
    let direction = metric.isLargerBetter ? "larger is better" : "smaller is better"
    var sections = [heading(metric.name + cutoff, "\(metric.summary) (\(direction))"), filled(metric.definition)]
    if !metric.variants.isEmpty {
      sections.append(
        list(
          "variants", metric.variants.map { ("variant=\($0.library.rawValue)", "\($0.library.title) \($0.difference)") }
        ))
    }
    if let source = metric.source { sections.append(filled("source: " + source)) }
    return sections.joined(separator: "\n\n")
  }

  /// The first line of a topic, continued on another where it is long.
  private static func heading(_ topic: String, _ summary: String) -> String {
    wrap("\(topic) — \(summary)", width: 78).joined(separator: "\n  ")
  }

  /// The tutorials.
  package static func guide() -> String {
    let width = GuideCatalog.tutorials.map(\.file.count).max() ?? 0
    let lines = GuideCatalog.tutorials.map { "  \(padded($0.file, to: width))  \($0.summary)" }
    return
      (["The guide: scripts in Examples/guide, each stands alone and runs in seconds"] + lines + [
        "", "run one with: recline Examples/guide/\(GuideCatalog.tutorials[0].file)",
      ]).joined(separator: "\n")
  }

  /// How a command is typed: `recommend [USER] [with=] [top=]`.
  package static func usage(of command: Command) -> String {
    let operands = command.operands.filter { $0.slot != .command }.map { operand -> String in
      let name = operand.name.uppercased()
      switch operand.arity {
      case .one, .restOfLine: return name
      case .optional: return "[\(name)]"
      case .any: return "[\(name) …]"
      }
    }
    if !command.parts.isEmpty { return "\(command.verb) \(command.parts.map(\.partName).joined(separator: "|")) …" }
    let inner = command.nesting == nil ? [] : ["COMMAND"]
    return ([command.verb] + operands + command.options.map { "[\($0.name)=]" } + inner).joined(separator: " ")
  }

  /// What an option takes, its default and its meaning.
  package static func describe(_ option: OptionSpec) -> String {
    var text = option.summary
    // Of text its summary says what it is.
    var details = option.slot == .text ? [] : [option.slot.phrase]
    if let unit = option.unit { details[0] += " of \(unit)" }
    if option.takesList { details.append("several with commas") }
    if let value = option.defaultText { details.append("default \(value)") }
    if !details.isEmpty { text += " (\(details.joined(separator: "; ")))" }
    if case .choice(let choices) = option.slot {
      text += choices.map { "\n  \($0.word): \($0.summary)" }.joined()
    }
    return text
  }

  private static func list(_ heading: String, _ entries: [(name: String, text: String)]) -> String {
    let width = entries.map(\.name.count).max() ?? 0
    let lines = entries.flatMap { entry -> [String] in
      let texts = entry.text.split(separator: "\n").flatMap { wrap(String($0), width: 74 - width) }
      return texts.enumerated().map { line, text in
        "  \(padded(line == 0 ? entry.name : "", to: width))  \(text)"
      }
    }
    return ([heading] + lines).joined(separator: "\n")
  }

  private static func filled(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { wrap(String($0), width: 78) }.joined(separator: "\n")
  }

  /// Breaks a paragraph at white space; lines that start with a space keep their indent.
  static func wrap(_ text: String, width: Int) -> [String] {
    let indent = String(text.prefix { $0 == " " })
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent.count + line.count + 1 + word.count > width {
        lines.append(indent + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    lines.append(indent + line)
    return lines
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension Slot {
  /// What the slot takes, in words.
  package var phrase: String {
    switch self {
    case .count: "a whole number"
    case .number: "a number"
    case .share: "a share, 20% or 0.2"
    case .flag: "on or off"
    case .choice(let choices): listed(choices.map(\.word))
    case .fields: "names of fields"
    case .metrics: "metrics such as ndcg@10"
    case .range: "a range such as 1..5"
    case .model: "a model"
    case .weightedModel: "a model, or a model and its weight: svd:0.8"
    case .dataset: "a dataset"
    case .name: "a name"
    case .user: "a user's id"
    case .item: "an item's id or title"
    case .ratedItem: "an item and a rating: \"Heat (1995)\":4"
    case .weightedWord: "a word and its weight: view:1"
    case .relevance: "auto or a rating"
    case .candidates: "all or sampled:NUMBER"
    case .path: "a path"
    case .tableOrPath: "a file, or the name of a table"
    case .moment: "a moment in UTC, 2018-01-31 or 2018-01-31T12:00"
    case .condition: "a condition such as rating >= 4"
    case .text: "text"
    case .topic: "a command, a metric, language or guide"
    case .setting: "a setting"
    case .command: "a command"
    }
  }
}
