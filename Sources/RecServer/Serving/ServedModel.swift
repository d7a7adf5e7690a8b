import RecData
import RecLanguage
package import RecModels

/// A model under a name and a version, ready to answer.
///
/// A class because its identity is what requests of one batch have in common, and so that an old version lives as long as
/// the last request that it answers.
package final class ServedModel: Sendable {
  package let name: String
  package let version: Int
  package let model: Model
  /// For items that are named by their titles.
  let names: ItemNames
  /// Whether a list is there in microseconds, so that no thread has to be asked for it.
  let answersAtOnce: Bool
  /// How many ratings each item has in the training data; (items,).
  let ratingCounts: [Int]

  package init(_ model: Model, name: String? = nil, version: Int = 1) {
    self.model = model
    self.name = name ?? model.name
    self.version = version
    names = ItemNames(model.entities)
    ratingCounts = model.training.ratingCounts
    answersAtOnce = model.recommender.prepareLists(userCount: model.training.active.users)
  }

  var entities: Entities { model.entities }

  /// The item that a text names, by id or by title.
  func item(_ text: String, at pointer: String = "") throws(RequestFailure) -> ItemIndex {
    do { return try entities.item(named: text) { names } } catch { throw RequestFailure(error).at(pointer) }
  }

  /// What is answered as the model's own description.
  func write(to json: inout JSONText) {
    json.object { json in
      json.member("name", name)
      json.member("version", version)
      json.member("state", "available")
      json.member("algorithm", model.algorithm)
      json.member("options", model.options.text)
      json.member("users", entities.users.count)
      json.member("items", entities.items.count)
      json.member("predicts_ratings", model.recommender.predictsRatings)
      json.member("compares_items", model.recommender.comparesItems)
      if case .ratings(let scale) = model.training.feedback {
        json.member("scale") { json in
          json.array { json in
            json.number(Double(scale.lowest))
            json.number(Double(scale.highest))
          }
        }
      }
      json.member("trained_on", model.training.name)
    }
  }
}
