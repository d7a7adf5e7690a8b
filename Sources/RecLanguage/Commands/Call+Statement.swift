import RecModels

extension Call {
  /// How one would type it, options in the order of the command: `svd k=20 center=bias`.
  var statement: String {
    let words = operands.map { argument in
      argument.written + (argument.weight.map { ":\(plain($0))" } ?? "")
    }
    let given = command.options.compactMap { spec in
      options[spec.name].map { "\(spec.name)=\($0.map(\.written).joined(separator: ","))" }
    }
    return ([command.verb] + words + given).joined(separator: " ")
  }

  /// With another word as an option's only one.
  func setting(_ option: String, to text: String) -> Call {
    var options = options
    options[option] = [Argument(text: text, range: verbRange)]
    return Call(
      command: command, operands: operands, options: options, range: range, verbRange: verbRange, targets: targets)
  }

  /// With other operands, and the name that its value takes.
  func with(operands: [Argument], target: String?) -> Call {
    Call(
      command: command, operands: operands, options: options, range: range, verbRange: verbRange,
      targets: target.map { [$0] } ?? [])
  }
}

extension Call.Argument {
  /// With quotes where it needs some.
  fileprivate var written: String {
    isQuoted || text.contains(where: { $0.isWhitespace || ";,{}".contains($0) }) ? "\"\(text)\"" : text
  }
}
