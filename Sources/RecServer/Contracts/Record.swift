import RecData

/// One of several questions that come in one body of another platform's form: a list, or a rating.
enum Record: Sendable {
  case list(ListQuery)
  case prediction(PredictionQuery)

  /// A user alone, or an object as the plain routes take it; with an item it asks for a rating.
  ///
  /// - Parameter defaults: Members for objects that do not have them.
  init(_ body: BodyValue, defaults: [JSONValue.Member] = []) throws(RequestFailure) {
    var members: [JSONValue.Member]
    switch body.value {
    case .object(let own): members = own
    case .string, .number: members = [JSONValue.Member("user", body.value)]
    default: throw body.expected("a user or an object")
    }
    let asksForRating = members.contains { $0.key == "item" }
    for member in defaults where !members.contains(where: { $0.key == member.key }) {
      if asksForRating, member.key != "model", member.key != "version" { continue }
      members.append(member)
    }
    let whole = BodyValue(.object(members), at: body.pointer)
    self = asksForRating ? .prediction(try PredictionQuery(whole)) : .list(try ListQuery(whole))
  }
}

/// What answers a record.
enum RecordAnswer: Sendable {
  case list(ListAnswer)
  case prediction(PredictionAnswer)

  func write(to json: inout JSONText) {
    switch self {
    case .list(let answer): answer.write(to: &json)
    case .prediction(let answer): answer.write(to: &json)
    }
  }
}

extension RecommendationService {
  /// How many records one request may hold.
  static let recordLimit = 100_000

  /// The answers to records, in their order; lists that stand together are scored together.
  func answers(_ records: [Record]) async throws -> [RecordAnswer] {
    try checkSize(records.compactMap { record in if case .list(let query) = record { query } else { nil } })
    var answers: [RecordAnswer] = []
    var start = 0
    while start < records.count {
      var lists: [ListQuery] = []
      while start < records.count, lists.count < 1000, case .list(let query) = records[start] {
        lists.append(query)
        start += 1
      }
      answers += try await self.lists(lists).map { .list($0) }
      var predictions: [PredictionQuery] = []
      while start < records.count, predictions.count < 1000, case .prediction(let query) = records[start] {
        predictions.append(query)
        start += 1
      }
      let queries = predictions
      if queries.isEmpty { continue }
      answers += try await queue.run { [self] in try queries.map { .prediction(try prediction($0)) } }
    }
    return answers
  }
}
