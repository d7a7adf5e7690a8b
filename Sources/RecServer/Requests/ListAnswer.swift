import RecData
import RecModels

/// A list with what is told of it.
struct ListAnswer: Sendable {
  let user: String?
  let served: ServedModel
  /// Whether nothing is known of the user, so that the documented fallback answered.
  let isFallback: Bool
  let items: [ScoredItem]
  /// The experiment and the arm that the user is in, where one chose the model.
  var assignment: Assignment?

  func write(to json: inout JSONText) {
    json.object { json in
      if let user { json.member("user", user) }
      json.member("model", served.name)
      json.member("version", served.version)
      if let assignment {
        json.member("test", assignment.test)
        json.member("arm", assignment.arm)
      }
      json.member("fallback", isFallback)
      json.member("items") { write(items, to: &$0) }
    }
  }

  private func write(_ items: [ScoredItem], to json: inout JSONText) {
    let entities = served.entities
    json.array { json in
      for (place, entry) in items.enumerated() {
        let item = ItemIndex(entry.item)
        json.object { json in
          json.member("rank", place + 1)
          json.member("item", entities.items[item].text)
          json.member("title", entities.title(of: item))
          json.member("score", Double(entry.score))
        }
      }
    }
  }
}

/// A predicted rating with what is told of it.
struct PredictionAnswer: Sendable {
  let user: String?
  let item: ItemIndex
  let served: ServedModel
  let isFallback: Bool
  let rating: Float

  func write(to json: inout JSONText) {
    json.object { json in
      if let user { json.member("user", user) }
      json.member("item", served.entities.items[item].text)
      json.member("title", served.entities.title(of: item))
      json.member("model", served.name)
      json.member("version", served.version)
      json.member("fallback", isFallback)
      json.member("rating", Double(rating))
    }
  }
}
