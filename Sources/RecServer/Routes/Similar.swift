import RecData
import RecModels

extension Route {
  /// Items that are like one.
  static let similar = Route(
    "GET", "/similar/{item}", .reading, "The items most like one.",
    parameters: [
      .item, .length, .model(orElse: "the first that compares items"), .version,
    ],
    answer: Schema.object(
      [
        "item": Schema.text, "title": Schema.text, "model": Schema.text, "version": Schema.count,
        "items": Schema.array(
          Schema.object(
            ["rank": Schema.count, "item": Schema.text, "title": Schema.text, "similarity": Schema.number],
            required: ["rank", "item", "title", "similarity"])),
      ], required: ["item", "title", "model", "version", "items"]), failures: [409, 422]
  ) { call in
    try call.checkQuery()
    let length = try call.count("n", in: ListQuery.lengths) ?? 10
    let version = try call.count("version", in: 0...Int(Int32.max))
    let service = call.service
    return try await service.queue.run {
      let served = try service.model(named: call.value("model"), version: version) { $0.recommender.comparesItems }
      let item = try served.item(call.part("item"))
      guard let similar = served.model.similarItems(to: item, count: length) else {
        throw RequestFailure.unsuitableModel("'\(served.name)' does not compare items")
      }
      let entities = served.entities
      return .json { json in
        json.object { json in
          json.member("item", entities.items[item].text)
          json.member("title", entities.title(of: item))
          json.member("model", served.name)
          json.member("version", served.version)
          json.member("items") { json in
            json.array { json in
              for (place, entry) in similar.enumerated() {
                json.object { json in
                  json.member("rank", place + 1)
                  json.member("item", entities.items[ItemIndex(entry.item)].text)
                  json.member("title", entities.title(of: ItemIndex(entry.item)))
                  json.member("similarity", Double(entry.score))
                }
              }
            }
          }
        }
      }
    }
  }
}
