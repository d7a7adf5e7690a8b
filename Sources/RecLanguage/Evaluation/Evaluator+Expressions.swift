import RecModels

extension Evaluator {
  /// The value of an expression. A number that is undefined is NaN, and so is what is computed with it.
  func evaluate(_ expression: Expression, in session: Session) throws(Diagnostic) -> Value {
    switch expression {
    case .number(let value, _, _):
      return .number(value)
    case .text(let word):
      return .text(try word.text { reference throws(Diagnostic) in try text(of: reference, in: session) })
    case .reference(let reference):
      return try value(of: reference, in: session)
    case .group(let inner, _):
      return try evaluate(inner, in: session)
    case .negation(let operand, let range):
      return .number(-(try number(evaluate(operand, in: session), of: operand, at: range)))
    case .arithmetic(let left, let symbol, _, let right):
      let leftValue = try evaluate(left, in: session)
      let rightValue = try evaluate(right, in: session)
      if symbol == .plus, case .text(let a) = leftValue, case .text(let b) = rightValue { return .text(a + b) }
      let a = try number(leftValue, of: left, at: expression.range)
      let b = try number(rightValue, of: right, at: expression.range)
      let result =
        switch symbol {
        case .plus: a + b
        case .minus: a - b
        case .times: a * b
        case .over: a / b
        }
      return .number(result.isFinite ? result : .nan)
    }
  }

  /// A side of an operator as a number.
  private func number(_ value: Value, of expression: Expression, at range: SourceRange) throws(Diagnostic) -> Double {
    switch value {
    case .number(let number): return number
    case .model(let model): throw .arithmeticOnModel(model.name, at: range)
    default:
      let written = Diagnostic.quoted(source.text(in: expression.range))
      throw Diagnostic(.wrongKind, "expected a number, and \(written) is \(value.kindPhrase)", at: expression.range)
    }
  }

  /// The value of a name with its fields.
  func value(of reference: Reference, in session: Session) throws(Diagnostic) -> Value {
    guard let value = session[reference.name.text] else {
      throw session.unknownName(reference.name, among: session.names)
    }
    guard !reference.fields.isEmpty else { return value }
    var place = FieldPlace.value(value)
    var path = reference.name.text
    for field in reference.fields {
      place = try place.field(field, of: path)
      path += "." + field.text
    }
    return place.value
  }

  /// The text that stands for `$name` in a word: of a number, a word or a loop variable.
  func text(of reference: Reference, in session: Session) throws(Diagnostic) -> String {
    let value = try value(of: reference, in: session)
    if reference.fields.isEmpty, let written = loopTexts[reference.name.text], written.value.isSameWord(as: value) {
      return written.text
    }
    switch value {
    case .number(let number):
      guard number.isFinite else {
        throw Diagnostic("undefined-value", "\(written(reference)) is undefined", at: reference.range)
      }
      return plain(number)
    case .text(let text):
      return text
    default:
      throw Diagnostic(
        .wrongKind, "only numbers and words go into a word, and \(written(reference)) is \(value.kindPhrase)",
        at: reference.range)
    }
  }

  private func written(_ reference: Reference) -> String {
    Diagnostic.quoted(source.text(in: reference.range))
  }
}

extension Value {
  /// Whether both are the same number or text.
  func isSameWord(as other: Value) -> Bool {
    switch (self, other) {
    case (.number(let a), .number(let b)): a == b
    case (.text(let a), .text(let b)): a == b
    default: false
    }
  }
}
