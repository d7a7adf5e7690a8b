internal import RecAlgebra
internal import RecKernels

extension Dataset {
  /// A digest of the ids, which items each user has, and their values and times: the same rows have the same one.
  package var fingerprint: String {
    var hash = XXHash64.Stream()
    entities.users.mix(into: &hash)
    entities.items.mix(into: &hash)
    hash.update(interactions.offsets.span.memory)
    hash.update(interactions.columns.span.memory)
    hash.update(interactions.values.span.memory)
    hash.update(times.span.memory)
    return hash.text
  }
}

extension Vocabulary {
  fileprivate func mix(into hash: inout XXHash64.Stream) {
    switch storage {
    case .numbers(let numbers): hash.update(numbers.span.memory)
    case .texts(let texts):
      hash.update(texts.offsets.span.memory)
      hash.update(texts.bytes.span.memory)
    }
  }
}
