import RecData
import RecModels

/// A model whose scores are given, by user id; strangers get the scores of "".
struct FixedScores: Recommender {
  let entities: Entities
  let scoresOf: [String: [Float]]
  var predictsRatings = true

  var itemCount: Int { entities.items.count }

  func score(_ history: History, into scores: inout MutableSpan<Float>) {
    let name = history.user.map { entities.users[$0].text } ?? ""
    for (item, score) in (scoresOf[name] ?? scoresOf[""] ?? []).enumerated() { scores[item] = score }
  }

  func explain(_ history: History, item: ItemIndex) -> Explanation? { nil }
}

extension Model {
  /// A model of given scores: by user id, for each item in the order of the ids.
  init(_ name: String, _ scores: [String: [Float]], on training: Dataset, predictsRatings: Bool = true) {
    self.init(
      name: name, algorithm: "fixed", options: OptionValues([]),
      recommender: FixedScores(entities: training.entities, scoresOf: scores, predictsRatings: predictsRatings),
      training: training, seed: 1)
  }
}
