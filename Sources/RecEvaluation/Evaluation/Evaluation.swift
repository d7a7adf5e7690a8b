import RecAlgebra
internal import RecData
internal import RecKernels
internal import RecModels

/// One run of `evaluate`: the models with what they were trained on, and the users they are judged by.
struct Evaluation: Sendable {
  /// Users are judged in blocks of so many, whose scores fit the cache; results do not depend on it.
  private static let blockSize = 16
  /// So many blocks are judged between two looks at the progress.
  private static let roundSize = 16

  let test: Dataset
  let request: EvaluationRequest
  let seed: UInt64
  let execution: Execution
  let users: [Int]
  /// A number for each of `users` that depends on seed and id alone.
  let keys: [UInt64]
  let relevance: RelevanceRule
  private(set) var spaces: [TrainingSpace] = []
  private(set) var candidates: [Judge.Candidate] = []

  init(test: Dataset, request: EvaluationRequest, seed: UInt64, execution: Execution) {
    self.test = test
    self.request = request
    self.seed = seed
    self.execution = execution
    users = (0..<test.interactions.rowCount).filter { !test.interactions.row($0).isEmpty }
    let hash = SplitHash(test.entities, seed: seed)
    keys = users.map { hash.ofUser($0) }
    relevance = RelevanceRule(request.relevance, for: test.feedback)
  }

  /// Adds a model of which the wanted metrics are computed.
  mutating func add(_ model: Model, wanting wants: [Bool]) {
    candidates.append(Judge.Candidate(model: model, space: addSpace(of: model.training), wants: wants))
  }

  /// Adds what models were trained on, unless it is there; its place in `spaces`.
  @discardableResult
  mutating func addSpace(of training: Dataset) -> Int {
    if let place = spaces.firstIndex(where: { $0.holds(training) }) { return place }
    spaces.append(TrainingSpace(training, seenFrom: test))
    return spaces.count - 1
  }

  /// How many test rows each model was trained on, for the models that were trained on any.
  ///
  /// - Throws: `EvaluationError.trainedOnTest` unless the request allows them.
  func leakedRows() throws -> [(model: String, rows: Int)] {
    var leaked: [(model: String, rows: Int)] = []
    for candidate in candidates {
      guard let leak = worstLeak(into: candidate.model), leak.rows > 0 else { continue }
      guard request.allowsTrainingRows else {
        throw EvaluationError.trainedOnTest(
          model: candidate.model.name, rows: leak.rows, examples: leak.examples, isChoice: leak.isChoice)
      }
      leaked.append((candidate.model.name, leak.rows))
    }
    return leaked
  }

  /// Refuses models that were trained on what came after the rows of a split by time began.
  func checkFuture() throws(EvaluationError) {
    guard test.role != .train, test.cutoff != nil, let moment = test.times.min() else { return }
    for candidate in candidates {
      for dataset in candidate.model.learnedFrom where dataset.times.contains(where: { $0 >= moment }) {
        let leak = Leak(inside: dataset, from: moment)
        throw .trainedOnFuture(
          model: candidate.model.name, rows: leak.rows, examples: leak.examples, moment: moment)
      }
    }
  }

  /// The dataset of those that a model learned from, parts of a blend included, that shares the most rows with the test data.
  private func worstLeak(into model: Model) -> Leak? {
    var looked: [TrainingSpace] = []
    var worst: Leak?
    for dataset in model.learnedFrom where !looked.contains(where: { $0.holds(dataset) }) {
      let space = spaces.first { $0.holds(dataset) } ?? TrainingSpace(dataset, seenFrom: test)
      var leak = Leak(from: test, into: looked.isEmpty ? model : nil, space)
      leak.isChoice = model.chosenOn.map { space.holds($0) } ?? false
      looked.append(space)
      if leak.rows > worst?.rows ?? 0 { worst = leak }
    }
    return worst
  }

  /// Adds `popular`, trained on what each model was trained on, for the metric by which models are compared with it.
  mutating func addPopular() throws {
    guard let metric = rankingHeadline, let popular = AlgorithmCatalog["popular"] else { return }
    let wants = request.metrics.indices.map { $0 == metric }
    for space in spaces.indices {
      let others = candidates.filter { $0.space == space }
      if others.contains(where: { $0.model.algorithm == popular.name }) { continue }
      let training = spaces[space].training
      let options = popular.defaults
      let trained = try popular.train(training, options, Training(seed: seed, execution: execution))
      let model = Model(
        name: popular.name, algorithm: popular.name, options: options, recommender: trained.recommender,
        training: training, seed: seed)
      candidates.append(Judge.Candidate(model: model, space: space, wants: wants))
    }
  }

  /// The metric by which models are compared with `popular`: the first NDCG, else the first metric of rankings.
  var rankingHeadline: Int? {
    let rankings = request.metrics.indices.filter {
      if case .ranking = request.metrics[$0].measure { true } else { false }
    }
    return rankings.first { request.metrics[$0].metric.name == "ndcg" } ?? rankings.first
  }

  /// Judges all users, block by block.
  func blocks(hidingTraining: Bool) throws(Cancelled) -> [Judge.Block] {
    let needsContent = request.metrics.contains { $0.metric.needsContent }
    let content = needsContent ? try ItemContent(test.entities, execution: execution) : nil
    let audiences = spaces.map { space in
      Audience(ratingCounts: space.ratingCounts, userCount: space.training.active.users, content: content)
    }
    let judge = Judge(
      test: test, users: users, keys: keys, spaces: spaces, audiences: audiences, candidates: candidates,
      choices: request.metrics, relevance: relevance, gain: request.gain, competition: request.candidates,
      hidesTraining: hidingTraining, seed: seed)
    let count = (users.count + Self.blockSize - 1) / Self.blockSize
    var blocks: [Judge.Block] = []
    for first in stride(from: 0, to: count, by: Self.roundSize) {
      execution.report(Progress(label: "eval", fraction: Double(first) / Double(count), of: .init(count, "user")))
      blocks += execution.workers.map(min(Self.roundSize, count - first)) { index in
        let start = (first + index) * Self.blockSize
        return judge.block(start..<min(users.count, start + Self.blockSize), execution.cancellation)
      }
      try execution.checkpoint()
    }
    return blocks
  }

  /// The values of each candidate in each metric, with the resamplings of those that have an interval.
  func judgements(_ blocks: [Judge.Block]) throws(Cancelled) -> [[Judgement]] {
    let judgedUsers = blocks.reduce(0) { $0 + $1.relevantUsers }
    var judgements = candidates.indices.map { candidate in
      request.metrics.indices.map { metric in
        judgement(blocks.map { $0.parts[candidate] }, of: metric, judgedUsers: judgedUsers)
      }
    }
    let resampled = judgements.indices.flatMap { candidate in
      request.metrics.indices.map { (candidate, $0) }
    }.filter { judgements[$0][$1].users.weights.count { $0 > 0 } >= Resampling.leastUsers }
    let draws = try Resampling(keys: keys, seed: seed).draws(
      of: resampled.map { (judgements[$0][$1].users, request.metrics[$1].finish) }, execution: execution)
    for ((candidate, metric), draws) in zip(resampled, draws) { judgements[candidate][metric].draws = draws }
    return judgements
  }

  /// The values of the first metric alone, by candidate, without intervals.
  func values() throws(Cancelled) -> [Double?] {
    let blocks = try blocks(hidingTraining: true)
    let judgedUsers = blocks.reduce(0) { $0 + $1.relevantUsers }
    return candidates.indices.map { candidate in
      judgement(blocks.map { $0.parts[candidate] }, of: 0, judgedUsers: judgedUsers).value
    }
  }

  /// How often items stand in the lists that a metric of them looks at.
  func exposure(_ parts: [Judge.Part], of metric: Int, judgedUsers: Int) -> Exposure {
    var counts = [Int](repeating: 0, count: test.entities.items.count)
    for part in parts {
      for item in part.shown[metric] { counts[Int(item)] += 1 }
    }
    return Exposure(listCounts: counts, listCount: judgedUsers)
  }

  private func judgement(_ parts: [Judge.Part], of metric: Int, judgedUsers: Int) -> Judgement {
    if case .exposure(let measure) = request.metrics[metric].measure {
      let value = measure(exposure(parts, of: metric, judgedUsers: judgedUsers))
      return Judgement(value: value, users: UserValues(), undefinedUsers: 0)
    }
    let users = UserValues(
      sums: parts.flatMap { $0.users[metric].sums }, weights: parts.flatMap { $0.users[metric].weights })
    let weight = users.weights.reduce(0, +)
    guard weight > 0 else { return Judgement(value: nil, users: UserValues(), undefinedUsers: 0) }
    let isOfRatings = request.metrics[metric].isOfRatings
    return Judgement(
      value: request.metrics[metric].finish(users.sums.reduce(0, +) / weight), users: users,
      undefinedUsers: isOfRatings ? 0 : judgedUsers - users.weights.count { $0 > 0 })
  }
}

extension MetricChoice {
  /// The last step from a mean to the value.
  var finish: @Sendable (Double) -> Double {
    if case .ratings(_, let finish, _) = measure { finish } else { { $0 } }
  }
}
