internal import RecData
package import RecKernels

/// A model in a file, without its recommender, its data by their places among those of the file.
struct SavedModel: Codable {
  struct Part: Codable {
    let weight: Double
    let model: SavedModel
  }

  private let name: String
  private let algorithm: String
  private let options: OptionValues
  private let seed: UInt64
  private let training: Int
  private let chosenOn: Int?
  private let curve: LearningCurve?
  private let additions: SavedHistories?
  private let parts: [Part]

  init(_ model: Model, _ data: inout SavedData) {
    name = model.name
    algorithm = model.algorithm
    options = model.options
    seed = model.seed
    training = data.place(of: model.training)
    chosenOn = model.chosenOn.map { data.place(of: $0) }
    curve = model.curve
    additions = model.additions.isEmpty ? nil : SavedHistories(model.additions)
    parts = model.parts.map { Part(weight: $0.weight, model: SavedModel($0.model, &data)) }
  }

  /// The model, its recommender and its data given; the parts of a blend take theirs from the blend.
  ///
  /// - Throws: `UnknownAlgorithm`, or `DecodingError` where it does not fit together.
  func model(_ recommender: any Recommender, _ datasets: [Dataset]) throws -> Model {
    guard datasets.indices.contains(training), chosenOn.map(datasets.indices.contains) ?? true else {
      throw corrupted("there is no such dataset")
    }
    let data = datasets[training]
    guard recommender.itemCount == data.entities.items.count,
      recommender.isConsistent(userCount: data.entities.users.count)
    else { throw corrupted("the parts of the model do not fit together") }
    var model = Model(
      name: name, algorithm: algorithm, options: options, recommender: recommender, training: data, seed: seed,
      parts: try parts(of: recommender, datasets))
    model.chosenOn = chosenOn.map { datasets[$0] }
    model.curve = curve
    guard let histories = additions.map({ $0.histories(itemCount: recommender.itemCount) }) ?? [:] else {
      throw corrupted("the ratings that were added do not fit")
    }
    model.additions = histories
    return model
  }

  private func parts(of recommender: any Recommender, _ datasets: [Dataset]) throws -> [(Model, Double)] {
    guard let blend = recommender as? any BlendedRecommender else {
      guard let entry = AlgorithmCatalog[algorithm] else { throw UnknownAlgorithm(name: algorithm) }
      let trained = (recommender as? Normalized)?.base ?? recommender
      guard parts.isEmpty, entry.models.contains(where: { $0 == type(of: trained) }) else {
        throw corrupted("the model is not one of its algorithm")
      }
      return []
    }
    guard algorithm == "blend", blend.parts.count == parts.count else {
      throw corrupted("the parts of the blend are not those of its models")
    }
    return try zip(parts, blend.parts).map { saved, part in
      (try saved.model.model(part.recommender, datasets), saved.weight)
    }
  }

  private func corrupted(_ reason: String) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: [], debugDescription: reason))
  }
}

/// All that a model file holds.
private struct SavedModelFile: Codable {
  let model: SavedModel
  let recommender: SavedRecommender
  let data: [SavedDataset]
  let entities: [Entities]
}

extension Model {
  private static let writerKey = "program"
  private static let judgementKey = "judged"

  /// How the names of files of models end.
  package static let ending = ".safetensors"

  /// Writes the model to a file, with the data that it was trained on; `loaded` gives the same answers, bit for bit.
  ///
  /// The format is *safetensors*: other programs read the numbers by name.
  ///
  /// - Parameter program: what writes it, with its version.
  /// - Throws: `DataError.notWritable`, `DataError.isFolder`, `Cancelled`.
  package func save(to path: String, program: String, execution: Execution) throws {
    var data = SavedData()
    let model = SavedModel(self, &data)
    let file = SavedModelFile(
      model: model, recommender: SavedRecommender(recommender), data: data.datasets, entities: data.entities)
    try SavedFile.write(
      file,
      facts: [
        (Self.writerKey, program), ("model", name), ("algorithm", algorithm), ("options", options.text),
        ("seed", String(seed)), ("trained on", training.provenance), ("data fingerprint", training.fingerprint),
      ] + (judgement.map { [(Self.judgementKey, $0)] } ?? []), to: path, execution: execution)
  }

  /// Reads a model that was saved.
  ///
  /// - Throws: `DataError` where there is no such file, or it is damaged, of a later version or something else.
  package static func loaded(from path: String, execution: Execution) throws -> Model {
    do {
      return try SavedFile.read(SavedModelFile.self, from: path, execution: execution) { file, fact in
        var model = try file.model.model(
          file.recommender.recommender, file.data.map { try $0.dataset(with: file.entities) })
        model.writer = fact(writerKey)
        model.judgement = fact(judgementKey)
        return model
      }
    } catch let error as UnknownAlgorithm {
      throw DataError.unknownAlgorithm(path: path, name: error.name)
    }
  }
}

extension Dataset {
  /// Where the rows come from, for people.
  package var provenance: String {
    let kind = feedback == .events ? "events" : "ratings"
    let part = role == .whole ? "" : " \(role.rawValue)"
    return "\(name)\(part): \(count) \(kind), \(entities.users.count) users, \(entities.items.count) items"
  }
}
