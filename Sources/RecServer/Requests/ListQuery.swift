import RecData
import RecLanguage
import RecModels

/// A list that somebody asks for.
struct ListQuery: Sendable {
  /// A rating that somebody tells of.
  struct Rated: Sendable {
    let item: String
    /// nil for something that happened without a value.
    let value: Double?
    let pointer: String
  }

  /// nil for somebody without a name.
  var user: String?
  /// What is to be folded in.
  var ratings: [Rated] = []
  var length = 10
  /// Items to leave out, with their places in the body.
  var excluded: [(item: String, pointer: String)] = []
  var hidesSeen = true
  var model: String?
  var version: Int?
  /// Whether items have to be looked up by what they are called.
  var namesItems: Bool { !ratings.isEmpty || !excluded.isEmpty }

  static let lengths = 1...1000
  /// Ratings of one history.
  static let largestHistory = 10_000

  /// A list in an address: `/recommend/{user}?n=&exclude=&seen=&model=&version=`.
  init(_ call: RouteCall) throws(RequestFailure) {
    try call.checkQuery()
    user = call.part("user")
    length = try call.count("n", in: Self.lengths) ?? length
    excluded = call.query.filter { $0.name == "exclude" && !$0.value.isEmpty }.map { ($0.value, "") }
    if let seen = call.value("seen") { hidesSeen = try Self.hidesSeen(seen, at: "") }
    model = call.value("model")
    version = try call.count("version", in: 0...Int(Int32.max))
  }

  /// A list in a body: an object with a user, a history or both.
  init(_ body: BodyValue) throws(RequestFailure) {
    let members = try body.members(["user", "history", "n", "exclude", "seen", "model", "version"])
    if let user = members["user"] { self.user = try user.identifier() }
    if let history = members["history"] { ratings = try Self.history(history) }
    guard user != nil || members["history"] != nil else {
      throw .badValue("neither a user nor a history is there", hint: #"such as {"user":"42"}"#, pointer: body.pointer)
    }
    if let count = members["n"] { length = try count.count(in: Self.lengths) }
    if let items = members["exclude"] {
      for item in try items.list(limit: Self.largestHistory) {
        excluded.append((try item.identifier(), item.pointer))
      }
    }
    if let seen = members["seen"] { hidesSeen = try Self.hidesSeen(seen.text(), at: seen.pointer) }
    if let name = members["model"] { model = try name.text() }
    if let number = members["version"] { version = try number.count(in: 0...Int(Int32.max)) }
  }

  init(user: String?, ratings: [Rated] = []) {
    self.user = user
    self.ratings = ratings
  }

  /// `[{"item":"1","rating":5}, …]`, `["1", …]` or `{"1":5, …}`.
  static func history(_ body: BodyValue) throws(RequestFailure) -> [Rated] {
    if case .object(let members) = body.value {
      guard members.count <= largestHistory else { throw body.expected("at most \(grouped(largestHistory)) ratings") }
      var ratings: [Rated] = []
      for (item, value) in try body.members() where !value.isNull {
        ratings.append(Rated(item: item, value: try value.number(), pointer: value.pointer))
      }
      return ratings
    }
    var ratings: [Rated] = []
    for element in try body.list(limit: largestHistory) {
      if case .object = element.value {
        let members = try element.members(["item", "rating"])
        guard let item = members["item"] else { throw element.expected("an object with an item") }
        var value: Double?
        if let rating = members["rating"] { value = try rating.number() }
        ratings.append(Rated(item: try item.identifier(), value: value, pointer: item.pointer))
      } else {
        ratings.append(Rated(item: try element.identifier(), value: nil, pointer: element.pointer))
      }
    }
    return ratings
  }

  private static func hidesSeen(_ word: String, at pointer: String) throws(RequestFailure) -> Bool {
    switch word.lowercased() {
    case "hide": return true
    case "show": return false
    default:
      throw .badValue(
        "expected hide or show for 'seen', found \(Diagnostic.quoted(word))", pointer: pointer.isEmpty ? nil : pointer)
    }
  }
}

extension ListQuery {
  /// What a model goes by: the user's history with what is folded in.
  func history(_ served: ServedModel) throws(RequestFailure) -> History {
    let known = user.map { served.model.history(of: UserID($0)) } ?? .unknown
    if ratings.isEmpty { return known }
    return served.model.history(known, adding: try rows(served))
  }

  /// The ratings by the ids of their items, each within the scale of the model's data.
  private func rows(_ served: ServedModel) throws(RequestFailure) -> [(item: ItemID, value: Float)] {
    var rows: [(item: ItemID, value: Float)] = []
    for rating in ratings {
      let item = try served.item(rating.item, at: rating.pointer)
      switch served.model.training.feedback {
      case .ratings(let scale):
        let value = rating.value ?? Double(scale.highest)
        guard (Double(scale.lowest)...Double(scale.highest)).contains(value) else {
          throw .badValue(
            "\(plain(value)) is outside the scale of the ratings",
            hint: "from \(plain(Double(scale.lowest))) to \(plain(Double(scale.highest)))", pointer: rating.pointer)
        }
        rows.append((served.entities.items[item], Float(value)))
      case .events:
        let value = rating.value ?? 1
        guard value > 0, value <= 1e9 else {
          throw .badValue("\(plain(value)) is no weight", hint: "more than 0", pointer: rating.pointer)
        }
        rows.append((served.entities.items[item], Float(value)))
      }
    }
    return rows
  }

  /// The items to leave out.
  ///
  /// A value of an address names an item, or several between commas.
  func excludedItems(_ served: ServedModel) throws(RequestFailure) -> Set<Int32> {
    var items: Set<Int32> = []
    for (text, pointer) in excluded {
      if pointer.isEmpty, text.contains(","), served.names.items(named: text).isEmpty {
        for part in text.split(separator: ",") { items.insert(Int32(try served.item(String(part)).raw)) }
      } else {
        items.insert(Int32(try served.item(text, at: pointer).raw))
      }
    }
    return items
  }
}
