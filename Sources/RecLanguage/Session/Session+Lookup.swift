import RecData
package import RecModels

extension Session {
  /// What a word names: a name, or a name with fields such as `ml.items`; nil where nothing is bound to the name.
  func value(_ argument: Call.Argument) throws(Diagnostic) -> Value? {
    if let value = self[argument.text] { return value }
    let parts = argument.text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, let value = self[parts[0]], !parts.contains("") else { return nil }
    var place = FieldPlace.value(value)
    var path = parts[0]
    for part in parts.dropFirst() {
      place = try place.field(Name(part, argument.range), of: path)
      path += "." + part
    }
    return place.value
  }

  /// The dataset that a word names.
  func dataset(_ argument: Call.Argument) throws(Diagnostic) -> Dataset {
    switch try value(argument) {
    case .dataset(let dataset)?, .items(let dataset)?, .users(let dataset)?: return dataset
    case let other?: throw .wrongKind(argument, expected: "a dataset", found: other)
    case nil:
      throw .unknownName(argument, kind: "dataset", among: names { if case .dataset = $0 { true } else { false } })
    }
  }

  /// The dataset that is named, else what models are trained on.
  func dataset(_ argument: Call.Argument?, for call: Call) throws(Diagnostic) -> Dataset {
    if let argument { return try dataset(argument) }
    guard let dataset = trainingData else {
      throw Diagnostic(
        .missing, "'\(call.command.verb)' needs ratings, and there are none yet", at: call.verbRange,
        help: "load a file or folder first: load ml-latest-small; or make data: generate")
    }
    return dataset
  }

  /// The model that a word names; a reference model that has no such name yet is trained on the spot.
  package func model(_ argument: Call.Argument) throws -> Model {
    switch self[argument.text] {
    case .model(let model)?: return model
    case let other?: throw Diagnostic.wrongKind(argument, expected: "a model", found: other)
    case nil: break
    }
    let word = argument.text.lowercased()
    if let algorithm = AlgorithmCatalog[word], algorithm.isReference, let data = trainingData {
      return try train(algorithm, named: word, on: data, options: algorithm.defaults, at: argument.range).model
    }
    throw Diagnostic.unknownName(
      argument, kind: "model", among: names { if case .model = $0 { true } else { false } },
      or: AlgorithmCatalog.referenceNames, else: AlgorithmCatalog[word] == nil ? nil : "train it first: \(word)")
  }

  /// The model that `with=` names, else the newest.
  package func model(with argument: Call.Argument?, for call: Call) throws -> Model {
    if let argument { return try model(argument) }
    guard let model = newest({ if case .model(let model) = $0 { model } else { nil } })?.value else {
      throw Diagnostic(
        .missing, "'\(call.command.verb)' needs a model, and there is none yet", at: call.verbRange,
        help: "train one first: svd")
    }
    return model
  }

  /// Bound names whose value fits, oldest first.
  func names(_ fits: (Value) -> Bool) -> [String] {
    names.filter { self[$0].map(fits) ?? false }
  }
}

extension Diagnostic {
  /// A name that nothing is bound to.
  ///
  /// - Parameter others: what may be meant, too, though it is not bound.
  static func unknownName(
    _ argument: Call.Argument, kind: String, among names: [String], or others: [String] = [], else help: String? = nil
  ) -> Diagnostic {
    let near = nearest(argument.text, in: Set(names).union(others))
    let known = names.isEmpty ? "no \(kind)s so far" : "\(kind)s so far: \(newestNames(names))"
    return Diagnostic(
      .unknownName, "no \(kind) named '\(argument.text)'", at: argument.range, hint: didYouMean(near),
      help: help ?? known)
  }

  /// A name that holds something else than what is needed.
  static func wrongKind(_ argument: Call.Argument, expected: String, found: Value) -> Diagnostic {
    Diagnostic(
      .wrongKind, "expected \(expected), and '\(argument.text)' is \(found.kindPhrase)", at: argument.range)
  }
}
