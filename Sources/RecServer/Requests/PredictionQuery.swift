import RecData
import RecModels

/// A rating that somebody asks for.
struct PredictionQuery: Sendable {
  let user: String?
  var ratings: [ListQuery.Rated] = []
  let item: String
  let itemPointer: String
  let model: String?
  let version: Int?

  init(user: String?, item: String, model: String? = nil, version: Int? = nil) {
    self.user = user
    self.item = item
    itemPointer = ""
    self.model = model
    self.version = version
  }

  /// A rating in an address: `/predict/{user}/{item}?model=&version=`.
  init(_ call: RouteCall) throws(RequestFailure) {
    try call.checkQuery()
    self.init(
      user: call.part("user"), item: call.part("item"), model: call.value("model"),
      version: try call.count("version", in: 0...Int(Int32.max)))
  }

  /// A rating in a body: an object with a user, a history or both, and an item.
  init(_ body: BodyValue) throws(RequestFailure) {
    let members = try body.members(["user", "history", "item", "model", "version"])
    guard let item = members["item"] else {
      throw .badValue("no item is there", hint: #"such as {"user":"42","item":"1"}"#, pointer: body.pointer)
    }
    user = try members["user"]?.identifier()
    if let history = members["history"] { ratings = try ListQuery.history(history) }
    self.item = try item.identifier()
    itemPointer = item.pointer
    model = try members["model"]?.text()
    version = try members["version"]?.count(in: 0...Int(Int32.max))
  }
}
