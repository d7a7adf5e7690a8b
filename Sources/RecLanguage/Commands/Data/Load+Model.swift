import RecData
import RecModels

extension Call {
  /// Whether a path of this `load` is that of a model: by its ending where `as=` does not say.
  ///
  /// - Throws: where an option is given that says nothing of a model.
  func holdsModel(_ path: Argument) throws(Diagnostic) -> Bool {
    let kind = try word("as") ?? "auto"
    guard kind == "model" || (kind == "auto" && path.namesModel) else { return false }
    if let option = options.keys.filter({ $0 != "as" }).sorted().first {
      throw Diagnostic(
        "unsuitable-option", "'\(option)=' says nothing of a model", at: argument(option)?.range ?? range,
        hint: "load \(path.text)")
    }
    return true
  }
}

extension Call.Argument {
  /// Whether it is the path of a saved model, by its ending.
  var namesModel: Bool { text.lowercased().hasSuffix(Model.ending) }
}

extension Session {
  /// Reads a model and binds it under the call's target or the name that it was saved with.
  func reply(loadingModelFrom path: Call.Argument, call: Call) throws -> Reply {
    do {
      var model = try Model.loaded(from: resolve(path.text), execution: execution)
      if let target = call.targets.first { model.name = target }
      guard catalog.canBind(model.name) else {
        throw Diagnostic(
          .badOperand, "the name of the model, \(Diagnostic.quoted(model.name)), cannot be bound", at: path.range,
          hint: "name = load \(path.text)")
      }
      return reply(binding: model, warnings: [])
    } catch let error as DataError {
      throw Diagnostic(dataError: error, call: call)
    }
  }
}
