/// Why models cannot be blended.
package enum BlendError: Error, Sendable, Equatable {
  /// A blend takes at least two models.
  case tooFewModels(count: Int)
  case weightNotFinite(model: String)
  case negativeWeight(model: String)
  case weightsSumToZero
  /// A model that has no item in common with the first one.
  case nothingInCommon(model: String, with: String)
  /// No held-out row that weights could be learned from.
  case nothingToLearnFrom
}
