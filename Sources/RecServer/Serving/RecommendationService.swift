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
  func list(_ query: ListQuery) async throws -> ListAnswer {
    let (served, assignment) = try model(for: query)
    let history = try query.history(served)
    let items: [ScoredItem]
    if let allowed = try query.allowed(served) {
      let rule = ListRule(length: query.length, hidesSeen: query.hidesSeen, allowed: allowed)
      items = try await queue.run { served.model.recommender.lists(for: [history], rule)[0] }
    } else {
      items = try await queue.list(served, history, length: query.length, hidesSeen: query.hidesSeen)
    }
    metrics.listed(items.count, model: served.name)
    if let assignment, let user = query.user { expose(user, assignment) }
    return ListAnswer(
      user: query.user, served: served, isFallback: history.isEmpty, items: items, assignment: assignment)
  }

  /// The lists for many queries, as one piece of work.
  func lists(_ queries: [ListQuery]) async throws -> [ListAnswer] {
    try await queue.run { [self] in
      var answers: [ListAnswer] = []
      var start = 0
      while start < queries.count {
        let first = queries[start]
        let (served, assignment) = try model(for: first)
        let allowed = try first.allowed(served)
        var histories = [try first.history(served)]
        var assignments = [assignment]
        var end = start + 1
        // Neighbours that go by the same model and rule are scored together.
        while allowed == nil, end < queries.count, histories.count < 128 {
          let next = queries[end]
          let (other, otherAssignment) = try model(for: next)
          guard other === served, next.excluded.isEmpty, next.length == first.length, next.hidesSeen == first.hidesSeen
          else { break }
          histories.append(try next.history(served))
          assignments.append(otherAssignment)
          end += 1
        }
        let rule = ListRule(length: first.length, hidesSeen: first.hidesSeen, allowed: allowed)
        for (place, items) in served.model.recommender.lists(for: histories, rule).enumerated() {
          let query = queries[start + place]
          metrics.listed(items.count, model: served.name)
          if let assignment = assignments[place], let user = query.user { expose(user, assignment) }
          answers.append(
            ListAnswer(
              user: query.user, served: served, isFallback: histories[place].isEmpty, items: items,
              assignment: assignments[place]))
        }
        start = end
      }
      return answers
    }
  }

  private func model(for query: ListQuery) throws -> (ServedModel, Assignment?) {
    if query.model == nil, query.version == nil, let user = query.user,
      let assignment = experiment?.assignment(of: user)
    {
      return (try registry.model(named: assignment.model), assignment)
    }
    return (try registry.model(named: query.model, version: query.version), nil)
  }

  // MARK: Other answers

  /// The model that was named, else the first that fits, else the first.
  func model(
    named name: String?, version: Int?, preferring fits: (Model) -> Bool
  ) throws(RequestFailure) -> ServedModel {
    if name == nil, let fitting = registry.available.first(where: { fits($0.model) }) { return fitting }
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
