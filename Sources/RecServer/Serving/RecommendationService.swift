import RecData
import RecLanguage
import RecModels

/// What routes answer from: the models, the threads that score, the log of events, and an experiment if one runs.
///
/// A class because all requests share it.
package final class RecommendationService: Sendable {
  package let registry: ModelRegistry
  package let queue: ScoringQueue
  package let events: EventLog?
  package let experiment: LiveExperiment?
  package let metrics: ServerMetrics
  package let configuration: ServerConfiguration
  package let routes: RouteTable
  let keptBoard = KeptBoard()

  package init(
    _ configuration: ServerConfiguration, registry: ModelRegistry, events: EventLog? = nil,
    experiment: LiveExperiment? = nil
  ) {
    self.configuration = configuration
    self.registry = registry
    self.events = events
    self.experiment = experiment
    queue = ScoringQueue(threadCount: configuration.threadCount, capacity: configuration.queueCapacity)
    metrics = ServerMetrics()
    routes = RouteTable(Routes.all(configuration))
  }

  /// Whether every model that is to be served answers.
  package var isReady: Bool { !registry.available.isEmpty && registry.unavailableNames.isEmpty }

  // MARK: Lists

  /// The list for one query: its model, else that of the user's arm, else the first.
  ///
  /// - Parameter exposes: Whether the user will see it, so that the experiment counts that.
  func list(_ query: ListQuery, exposes: Bool = true) async throws -> ListAnswer {
    // A title that is not there is compared with all others.
    if query.namesItems { return try await lists([query], exposes: exposes)[0] }
    let wanted = try wanted(query, exposes: exposes)
    let items =
      wanted.served.answersAtOnce
      ? wanted.served.model.recommender.lists(for: [wanted.history], wanted.rule)[0]
      : try await queue.list(wanted.served, wanted.history, wanted.rule)
    let answer = answer(wanted, items)
    return exposes ? try await told([answer])[0] : answer
  }

  /// The lists for many queries; those that go by one model and rule are scored together, a few at a time, so that other
  /// requests have their turn.
  func lists(_ queries: [ListQuery], exposes: Bool = true) async throws -> [ListAnswer] {
    try checkSize(queries)
    var answers: [ListAnswer] = []
    for start in stride(from: 0, to: queries.count, by: Self.listsAtOnce) {
      let some = queries[start..<min(queries.count, start + Self.listsAtOnce)]
      answers += try await queue.run { [self] in
        let wanted = try some.map { try self.wanted($0, exposes: exposes) }
        var answers: [ListAnswer] = []
        var place = 0
        while place < wanted.count {
          let first = wanted[place]
          let alike = wanted[place...].prefix { $0.served === first.served && $0.rule == first.rule }
          let lists = first.served.model.recommender.lists(for: alike.map(\.history), first.rule)
          answers += zip(alike, lists).map { answer($0, $1) }
          place += alike.count
        }
        return answers
      }
    }
    return exposes ? try await told(answers) : answers
  }

  private static let listsAtOnce = 64

  /// - Throws: 413 where the lists of one request are too large together.
  func checkSize(_ queries: [ListQuery]) throws(RequestFailure) {
    let limit = configuration.itemLimit
    guard queries.reduce(0, { $0 + $1.length }) <= limit else {
      throw RequestFailure(413, "too-large", "the lists are to hold more than \(grouped(limit)) items together")
    }
  }

  /// A list that is asked for, with what it takes to make it.
  private struct Wanted: Sendable {
    let query: ListQuery
    let served: ServedModel
    let assignment: Assignment?
    let history: History
    /// Items to leave out of the list, which is made longer by as many.
    let excluded: Set<Int32>
    let rule: ListRule
  }

  private func wanted(_ query: ListQuery, exposes: Bool) throws -> Wanted {
    let (served, assignment) = try model(for: query, exposes: exposes)
    let excluded = try query.excludedItems(served)
    return Wanted(
      query: query, served: served, assignment: assignment, history: try query.history(served), excluded: excluded,
      rule: ListRule(length: query.length + excluded.count, hidesSeen: query.hidesSeen))
  }

  private func answer(_ wanted: Wanted, _ items: [ScoredItem]) -> ListAnswer {
    let kept = wanted.excluded.isEmpty ? items : items.filter { !wanted.excluded.contains($0.item) }
    return ListAnswer(
      user: wanted.query.user, served: wanted.served, isFallback: wanted.history.isEmpty,
      items: kept.count > wanted.query.length ? Array(kept.prefix(wanted.query.length)) : kept,
      assignment: wanted.assignment)
  }

  /// The answers, once it is logged and on the disk who is shown what an arm recommends.
  private func told(_ answers: [ListAnswer]) async throws -> [ListAnswer] {
    for answer in answers { metrics.listed(answer.items.count, model: answer.served.name) }
    try await expose(
      answers.compactMap { answer in
        if let assignment = answer.assignment, let user = answer.user { (user, assignment) } else { nil }
      })
    return answers
  }

  private func model(for query: ListQuery, exposes: Bool) throws -> (ServedModel, Assignment?) {
    if query.model == nil, query.version == nil, let user = query.user, let experiment {
      let assignment = exposes ? experiment.claim(user) : experiment.assignment(of: user)
      return (try registry.model(named: assignment.model), assignment)
    }
    return (try registry.model(named: query.model, version: query.version), nil)
  }

  // MARK: Other answers

  /// The model that was named, else the first that fits, else the first.
  func model(
    named name: String?, version: Int?, preferring fits: (Model) -> Bool
  ) throws(RequestFailure) -> ServedModel {
    if name == nil, version == nil, let fitting = registry.available.first(where: { fits($0.model) }) { return fitting }
    return try registry.model(named: name, version: version)
  }

  func prediction(_ query: PredictionQuery) throws(RequestFailure) -> PredictionAnswer {
    let served = try model(named: query.model, version: query.version) { $0.recommender.predictsRatings }
    guard served.model.recommender.predictsRatings else {
      throw .unsuitableModel(
        "'\(served.name)' ranks items and predicts no ratings", help: "for the parts of a score: GET /why/USER/ITEM")
    }
    let item = try served.item(query.item, at: query.itemPointer)
    let history = try ListQuery(user: query.user, ratings: query.ratings).history(served)
    let rating = served.model.recommender.predict(history, items: [Int32(item.raw)])[0]
    return PredictionAnswer(
      user: query.user, item: item, served: served, isFallback: history.isEmpty, rating: rating)
  }
}
