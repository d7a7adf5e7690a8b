import RecData
import RecModels

extension Route {
  /// What is known of an item.
  static let item = Route(
    "GET", "/items/{item}", .reading, "What is known of an item.",
    parameters: [
      .item,
      Parameter("model", Schema.text, "The model whose items are meant; without it the first."),
    ],
    answer: Schema.object(
      [
        "item": Schema.text, "title": Schema.text, "ratings": Schema.count,
        "fields": .object([.init("type", .string("object"))]),
      ], required: ["item", "title", "ratings", "fields"]), failures: [409]
  ) { call in
    try call.checkQuery()
    let served = try call.service.registry.model(named: call.value("model"))
    // A title that is not there is compared with all others.
    let item = try await call.service.queue.run { try served.item(call.part("item")) }
    let fields = served.entities.itemFields
    return .json { json in
      json.object { json in
        json.member("item", served.entities.items[item].text)
        json.member("title", served.entities.title(of: item))
        json.member("ratings", served.ratingCounts[item.raw])
        json.member("fields") { json in
          json.object { json in
            for (name, column) in zip(fields.names, fields.columns) {
              switch column {
              case .text(let column): json.member(name, column[item.raw])
              case .categories(let column): json.member(name, column[item.raw])
              case .number(let column): json.member(name) { $0.number(Double(column[item.raw])) }
              }
            }
          }
        }
      }
    }
  }

  /// Items by the beginning of their titles.
  static let search = Route(
    "GET", "/items", .reading, "Items whose titles begin with a text.",
    parameters: [
      Parameter("q", Schema.text, "The beginning of a title, without regard to case or a leading article."),
      Parameter("n", Schema.integer(1...100), "How many at most; 20."),
      Parameter("model", Schema.text, "The model whose items are meant; without it the first."),
    ],
    answer: Schema.array(Schema.object(["item": Schema.text, "title": Schema.text], required: ["item", "title"]))
  ) { call in
    try call.checkQuery()
    let served = try call.service.registry.model(named: call.value("model"))
    let count = try call.count("n", in: 1...100) ?? 20
    let titles = served.names.titles(beginningWith: call.value("q") ?? "", limit: count)
    return .json { json in
      json.array { json in
        for title in titles {
          for item in served.names.items(named: title).prefix(1) {
            json.object { json in
              json.member("item", served.entities.items[item].text)
              json.member("title", title)
            }
          }
        }
      }
    }
  }
}
