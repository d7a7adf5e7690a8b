import RecData
import RecModels

extension Command {
  /// The command of an algorithm: operand, options, help and completion come from its catalog entry.
  static func training(_ algorithm: Algorithm) -> Command {
    Command(
      algorithm.name, .models, summary: algorithm.summary,
      operands: [
        Operand(
          "data", .dataset, .optional,
          "what to train on; without it train, or ratings that are not split"
            + (algorithm.needs == .itemText ? ", or an item table alone" : ""))
      ],
      options: algorithm.options,
      examples: algorithm.examples.map { Example($0, after: .generated) },
      notes: algorithm.notes, source: algorithm.source, binds: [algorithm.name]
    ) { call, session in
      let data = try session.suitableData(call.operands.first, of: algorithm, for: call)
      let options = try call.optionValues(of: algorithm.options)
      let name = call.targets.first ?? algorithm.name
      let (model, warnings) = try session.train(
        algorithm, named: name, on: data, options: options, at: call.verbRange)
      return session.reply(binding: model, warnings: warnings)
    }
  }
}

extension Session {
  /// The dataset that is named, else the newest that the algorithm can learn from.
  fileprivate func suitableData(
    _ argument: Call.Argument?, of algorithm: Algorithm, for call: Call
  ) throws(Diagnostic) -> Dataset {
    if argument == nil, algorithm.needs == .itemText, trainingData?.entities.itemFields.names.isEmpty ?? true {
      let items = newest { value -> Dataset? in
        guard case .items(let items) = value, !items.entities.itemFields.names.isEmpty else { return nil }
        return items
      }
      if let items { return items.value }
    }
    return try dataset(argument, for: call)
  }

  /// A model as what its command gives: bound under its name, told when it takes another's place.
  func reply(binding model: Model, warnings: [Diagnostic]) -> Reply {
    var outputs = warnings.map(Output.Content.warning)
    outputs.append(.summary(Summary(of: model)))
    if case .model(let old)? = self[model.name], old.phrase != model.phrase {
      outputs.append(.text("takes the place of the earlier \(model.name): \(old.phrase)"))
    }
    return Reply(.model(model), outputs: outputs, bindings: [(model.name, .model(model))])
  }
}
