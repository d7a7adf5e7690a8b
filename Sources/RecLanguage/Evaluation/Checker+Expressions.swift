import RecModels

extension Checker {
  mutating func check(_ reference: Reference, isWholeStatement: Bool = false) {
    let name = reference.name
    guard known[name.text] == nil, !known.mayHoldAnything else { return }
    problems.append(session.unknownName(name, among: offered(), mayBeCommand: isWholeStatement))
    if isWholeStatement { bindMeant(by: name.text) }
  }

  mutating func check(_ expression: Expression, isWholeStatement: Bool = false) {
    switch expression {
    case .number: break
    case .text(let word): for reference in word.references { check(reference) }
    case .reference(let reference): check(reference, isWholeStatement: isWholeStatement)
    case .negation(let operand, _): check(operand)
    case .group(let inner, _): check(inner, isWholeStatement: isWholeStatement)
    case .arithmetic(let left, _, _, let right):
      if let model = [left, right].lazy.compactMap(modelReference).first {
        problems.append(.arithmeticOnModel(model.name.text, at: expression.range))
        return
      }
      check(left, isWholeStatement: isWholeStatement)
      check(right)
    }
  }

  /// A side of an operator that is a model, or would be if it were trained.
  private func modelReference(_ expression: Expression) -> Reference? {
    switch expression {
    case .reference(let reference) where reference.fields.isEmpty:
      let name = reference.name.text
      if known[name] == .model || known[name] == nil && AlgorithmCatalog[name.lowercased()] != nil { return reference }
      return nil
    case .group(let inner, _), .negation(let inner, _): return modelReference(inner)
    case .arithmetic(let left, _, _, let right): return modelReference(left) ?? modelReference(right)
    case .number, .text, .reference: return nil
    }
  }
}
