internal import RecAlgebra

extension Vocabulary: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: VocabularyKey.self)
    switch storage {
    case .numbers(let numbers): try container.encode(numbers, forKey: .numbers)
    case .texts(let texts): try container.encode(texts, forKey: .texts)
    }
  }

  /// - Throws: `DecodingError` where the ids do not ascend.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: VocabularyKey.self)
    let ascends: Bool
    if let numbers = try container.decodeIfPresent([Int64].self, forKey: .numbers) {
      self.init(sorted: .numbers(numbers))
      ascends = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
    } else {
      let texts = try container.decode(TextColumn.self, forKey: .texts)
      self.init(sorted: .texts(texts))
      ascends = (1..<max(1, texts.count)).allSatisfy { texts.utf8($0 - 1).lexicographicallyPrecedes(texts.utf8($0)) }
    }
    guard ascends, count <= Int32.max else { throw decoder.corrupted("the ids are not in order") }
  }
}

/// Outside the generic type, which would have it anew for users and for items.
private enum VocabularyKey: String, CodingKey { case numbers, texts }
