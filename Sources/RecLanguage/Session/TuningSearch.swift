import RecData
import RecEvaluation
import RecKernels
import RecModels

/// One run of `tune`: trials, what they are judged by, and in which order they are tried.
struct TuningSearch: Sendable {
  /// How a trial is run: with which share of the resource.
  private struct Trial: Sendable {
    let place: Int
    let share: Double
  }

  private enum Search: String { case grid, random, halving }

  let judged: TuningData
  private let call: Call
  private let recipes: [ModelRecipe]
  private let metric: MetricChoice
  private let request: EvaluationRequest
  private let search: Search
  private let seed: UInt64
  /// The places of `recipes` that are tried.
  private let tried: [Int]

  init(_ call: Call, in session: Session) throws {
    self.call = call
    seed = try call.count("seed").map(UInt64.init) ?? session.settings.seed
    search = try call.word("search").flatMap(Search.init) ?? .grid
    let trials = try call.count("trials")
    if trials != nil, search == .grid, let argument = call.argument("trials") {
      throw Diagnostic(
        .badValue, "search=grid tries every combination", at: argument.range,
        hint: "search=random trials=\(argument.text)")
    }
    recipes = try call.inner.map { inner throws(Diagnostic) in try ModelRecipe(inner, in: session, for: call) }
    let data = recipes[0].data
    if let other = recipes.first(where: { $0.data != data }) {
      throw Diagnostic(
        .badOperand, "all alternatives are trained on the same data", at: other.call.range)
    }
    let wanted = search == .random ? trials ?? 10 : trials ?? recipes.count
    tried = RandomChoice.places(wanted, of: recipes.count, seed: seed)
    metric = try call.userMetric(of: data, orFirstOf: ["rmse", "ndcg"])
    request = try call.evaluationRequest(for: data, metrics: [metric])
    do { judged = try TuningData(data, in: session, seed: seed, for: call) } catch is SplitError {
      throw Diagnostic(
        .missing, "there are too few \(data.eventNoun)s (\(grouped(data.count))) to hold some out", at: call.verbRange)
    }
  }

  func reply(in session: Session) throws -> Reply {
    var board = TuningBoard(metric: metric)
    let memory = session.trialMemory
    let identity = identity
    var reused = 0
    for round in rounds(board) {
      let trials = (round.count == tried.count ? tried : Array(board.best(round.count, ofRound: round.number - 1)))
        .map { Trial(place: $0, share: round.share) }
      let data = recipes[0].data
      let valid = judged.isHeldOut ? nil : judged.valid
      let known = trials.count { memory.score(key(of: $0, identity), data: data, valid: valid) != nil }
      reused += known
      let scores = try session.execution.pieces(trials.count, of: judged.train.count, label: "tune") { index, own in
        let key = key(of: trials[index], identity)
        if let known = memory.score(key, data: data, valid: valid) { return known }
        let score = try score(of: trials[index], own)
        try own.checkpoint()
        memory.keep(score, for: key, data: data, valid: valid)
        return score
      }
      board.add(trials.map(\.place), scores, round: round.number, share: round.share)
    }
    guard let winner = board.order.first, winner.score.value != nil else {
      throw Diagnostic(
        .unsuitableModel, "no alternative has a value of \(metric.name)",
        at: call.argument("metric")?.range ?? call.verbRange,
        hint: metric.metric.judgesRatings ? "metric=ndcg for models that predict no ratings" : nil)
    }
    return try reply(board, winner, reused: reused, in: session)
  }

  private func reply(
    _ board: TuningBoard, _ winner: TuningBoard.Entry, reused: Int, in session: Session
  ) throws -> Reply {
    let recipe = recipes[winner.place]
    let table = board.table(
      recipes.map(\.call), heading: "\(judged.source) · \(relevanceWords) · by \(metric.name)",
      resource: search == .halving ? resourceName : nil)
    let name = call.targets.first ?? recipe.call.command.verb
    let trained = try best(recipe, winner.score, named: name, session.execution)
    let bound = session.reply(binding: trained.model, warnings: trained.warnings)
    var outputs: [Output.Content] = [.table(table)]
    if reused > 0 {
      outputs.append(.text("\(counted(reused, "trial")) of \(grouped(board.trialCount)) were done before and kept"))
    }
    if let warning = board.noiseWarning(recipes.map(\.call), at: call.verbRange) { outputs.append(.warning(warning)) }
    outputs.append(.text("best: \(trained.statement), trained on all of \(trained.dataWords)"))
    var reply = Reply(.table(table), outputs: outputs + bound.outputs)
    reply.bindings = bound.bindings
    return reply
  }

  // MARK: Trials

  private func rounds(_ board: TuningBoard) -> [(number: Int, count: Int, share: Double)] {
    guard search == .halving else { return [(0, tried.count, 1)] }
    return SuccessiveHalving(trials: tried.count, leastShare: leastShare).rounds.enumerated()
      .map { ($0, $1.trials, $1.share) }
  }

  /// The whole number of epochs of each recipe, where its algorithm has epochs and they are not what is tried.
  private var epochs: Int? {
    let calls = recipes.map(\.call)
    guard calls[0].command.options.contains(where: { $0.name == "epochs" }) else { return nil }
    let counts = calls.compactMap { try? $0.count("epochs") }
    guard counts.count == calls.count, let first = counts.first, counts.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  private var resourceName: String { epochs == nil ? "users" : "epochs" }

  /// One epoch, or about a hundred users; and no less than a 27th.
  private var leastShare: Double {
    let users = judged.valid.active.users
    return max(1 / 27.0 - 1e-9, epochs.map { 1 / Double($0) } ?? min(1, 100 / Double(max(1, users))))
  }

  private func score(of trial: Trial, _ execution: Execution) throws -> TrialScore {
    var recipe = recipes[trial.place]
    var data = judged
    if trial.share < 1 {
      if let epochs {
        recipe = recipe.setting("epochs", to: String(max(1, Int((Double(epochs) * trial.share).rounded()))))
      } else {
        data = judged.part(trial.share, seed: seed)
      }
    }
    let (model, _) = try recipe.model(
      named: recipe.call.command.verb, on: data.train, valid: data.valid, execution: execution)
    var judging = model
    // The rows may choose an epoch and judge it, as every search does; `test` tells what it is worth.
    judging.chosenOn = nil
    let report = try evaluate(
      models: [judging], on: data.valid, request: request, seed: seed, execution: execution)
    let chose = model.curve?.validationName != nil
    return TrialScore(report, keptEpoch: chose ? model.curve?.keptEpoch : nil)
  }

  /// The best, on all training data.
  private func best(
    _ recipe: ModelRecipe, _ score: TrialScore, named name: String, _ execution: Execution
  ) throws -> (model: Model, warnings: [Diagnostic], statement: String, dataWords: String) {
    var recipe = recipe
    if judged.isHeldOut, let epoch = score.keptEpoch { recipe = recipe.setting("epochs", to: String(epoch)) }
    var (model, warnings) = try recipe.model(
      named: name, on: recipe.data, valid: judged.isHeldOut ? nil : judged.valid, execution: execution)
    if !judged.isHeldOut { model.chosenOn = judged.valid }
    let data = recipe.data.role == .whole ? recipe.data.name : recipe.data.role.rawValue
    return (model, warnings, recipe.call.statement, data)
  }

  // MARK: Identity

  private var relevanceWords: String {
    switch RelevanceRule(request.relevance, for: judged.valid.feedback) {
    case .atLeast(let mark): "relevant from \(plain(Double(mark)))"
    case .everyInteraction: "every interaction relevant"
    }
  }

  /// All that a score depends on, beside the data and the trial itself.
  private var identity: String {
    [
      metric.name, "\(request.relevance)", "\(request.gain)", "\(request.candidates)",
      request.library?.rawValue ?? "", String(seed), recipes[0].circumstances,
    ].joined(separator: "|")
  }

  private func key(of trial: Trial, _ identity: String) -> String {
    "\(recipes[trial.place].call.statement)|\(trial.share)|\(identity)"
  }
}
