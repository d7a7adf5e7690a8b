import RecData
import RecEvaluation
import RecModels

extension Command {
  /// Holds ratings out.
  static let split = Command(
    "split", .data, summary: "hold ratings out, so that there is something to check against",
    operands: [Operand("data", .dataset, .optional, "what to split; without it the ratings")],
    options: [
      OptionSpec("test", .share, default: "20%", "the share to judge on"),
      OptionSpec("valid", .share, default: "0%", "the share to choose by, such as the weights of a blend"),
      .choice(
        "by", default: "random", SplitCatalog.rules.map { Choice($0.name, $0.summary) },
        "which ratings are held out"),
      OptionSpec("at", .moment, "where `by=time` cuts, in place of a share"),
      OptionSpec("seed", .count(0...Int.max), "keys the choice; without it the setting"),
    ],
    examples: [
      Example("split", after: .generated), Example("split test=10% valid=10% by=user", after: .generated),
      Example("split by=time", after: .generated),
    ],
    notes: (["Which side a rating falls on depends on (seed, user, item) alone, not on the order of a file."]
      + SplitCatalog.rules.map { "by=\($0.name): \($0.definition)" }).joined(separator: "\n\n"),
    binds: ["train", "test", "valid"]
  ) { call, session in
    let data = try session.splittableData(call)
    try data.refuseParting(for: call)
    guard let rule = SplitCatalog[try call.word("by") ?? "random"] else {
      preconditionFailure("the choices of by= are the catalog's")
    }
    let moment = try call.number("at").map { Int64($0) }
    let seed = try call.count("seed").map(UInt64.init) ?? session.settings.seed
    let request = SplitRule.Request(
      test: try call.number("test") ?? 0, valid: try call.number("valid") ?? 0, moment: moment, seed: seed)
    do {
      let split = try data.split(by: rule, request, execution: session.execution)
      return session.reply(splitting: split)
    } catch let error as SplitError {
      throw Diagnostic(splitError: error, call: call, noun: data.eventNoun)
    }
  }
}

extension Session {
  /// The dataset that is named, else the newest that is no part of a split.
  fileprivate func splittableData(_ call: Call) throws(Diagnostic) -> Dataset {
    if let argument = call.operands.first { return try dataset(argument) }
    let whole = newest { if case .dataset(let dataset) = $0, dataset.role == .whole { dataset } else { nil } }
    if let whole { return whole.value }
    return try dataset(nil, for: call)
  }

  fileprivate func reply(splitting split: Split) -> Reply {
    var reply = Reply(.dataset(split.train))
    for side in split.sides {
      let name = side.role.rawValue
      reply.bindings.append((name, .dataset(side)))
      reply.outputs.append(.summary(Summary(of: side, named: name)))
    }
    return reply
  }
}

extension Diagnostic {
  fileprivate init(splitError error: SplitError, call: Call, noun: String) {
    func place(_ option: String) -> SourceRange { call.argument(option)?.range ?? call.verbRange }
    switch error {
    case .nothingToSplit:
      self.init(.missing, "there are no \(noun)s to split", at: call.operands.first?.range ?? call.verbRange)
    case .shareOutOfBounds(let option, let share):
      self.init(
        .badValue, "\(option)= is a share from 0% to below 100%, found \(percentage(share))", at: place(option),
        hint: "such as \(option)=20%")
    case .sharesTooLarge(let test, let valid):
      self.init(
        .badValue, "test and valid together take \(percentage(test + valid)), and nothing is left to train on",
        at: place("valid"))
    case .nothingHeldOut:
      self.init(
        .badValue, "nothing would be held out: test=0% and valid=0%", at: place("test"), hint: "such as test=20%")
    case .noTimes(let rule):
      self.init(.badValue, "by=\(rule) goes by the time of the \(noun)s, and these have none", at: place("by"))
    case .momentNotTaken(let rule):
      self.init(.badValue, "by=\(rule) does not cut at a moment", at: place("at"), hint: "by=time does")
    case .momentOutside(let wanted, let earliest, let latest):
      self.init(
        .badValue, "\(moment(wanted)) leaves one side empty", at: place("at"),
        hint: "the \(noun)s lie between \(moment(earliest)) and \(moment(latest))")
    case .emptySide(let role, let count):
      self.init(
        .badValue, "'\(role.rawValue)' would be empty with so few \(noun)s (\(grouped(count)))",
        at: place(role == .train ? "test" : role.rawValue))
    }
  }
}
