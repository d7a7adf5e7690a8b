internal import RecAlgebra
internal import RecData

/// A dataset in a file, its entities by their place among those of the file.
struct SavedDataset: Codable, Equatable {
  let name: String
  let entities: Int
  let interactions: SparseRows
  /// Seconds since 1970 (UTC); empty where there are none.
  let times: [Int64]
  /// The scale of ratings; nil for events.
  let scale: RatingScale?
  let role: DatasetRole
  /// nil where there is none.
  let preparation: Preparation?

  init(_ dataset: Dataset, entities: Int) {
    name = dataset.name
    self.entities = entities
    interactions = dataset.interactions
    times = dataset.times
    if case .ratings(let scale) = dataset.feedback { self.scale = scale } else { scale = nil }
    role = dataset.role
    preparation = dataset.preparation.isEmpty ? nil : dataset.preparation
  }

  /// - Throws: `DecodingError` where the interactions are not those of the entities.
  func dataset(with all: [Entities]) throws -> Dataset {
    guard all.indices.contains(entities) else { throw Self.corrupted("there are no such entities") }
    let entities = all[entities]
    guard interactions.rowCount == entities.users.count, interactions.columnCount == entities.items.count,
      times.isEmpty || times.count == interactions.entryCount
    else { throw Self.corrupted("the interactions do not fit the users and items") }
    guard interactions.values.allSatisfy(\.isFinite), scale?.isFinite ?? true else {
      throw Self.corrupted("a rating is no number")
    }
    var dataset = Dataset(
      name: name, entities: entities, interactions: interactions, times: times,
      feedback: scale.map { .ratings($0) } ?? .events, role: role)
    dataset.preparation = preparation ?? Preparation()
    return dataset
  }

  private static func corrupted(_ reason: String) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: [], debugDescription: reason))
  }
}

extension RatingScale {
  fileprivate var isFinite: Bool { lowest.isFinite && highest.isFinite && relevant.isFinite && lowest <= highest }
}

/// The distinct datasets and entities of a model and its parts.
struct SavedData: Codable {
  private(set) var datasets: [SavedDataset] = []
  private(set) var entities: [Entities] = []

  /// The place of a dataset, which is added if it is new.
  mutating func place(of dataset: Dataset) -> Int {
    let owner = Self.place(of: dataset.entities, in: &entities)
    return Self.place(of: SavedDataset(dataset, entities: owner), in: &datasets)
  }

  private static func place<Element: Equatable>(of element: Element, in elements: inout [Element]) -> Int {
    if let place = elements.firstIndex(of: element) { return place }
    elements.append(element)
    return elements.count - 1
  }
}
