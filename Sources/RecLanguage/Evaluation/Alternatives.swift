import RecModels

/// A command with alternatives among its words, `svd k=10|20 center=bias|item`, as the commands that it stands for.
struct Alternatives {
  /// So many commands are one too many.
  static let limit = 10_000

  private let call: CommandCall
  /// The words that each word of the command stands for, in its order.
  private let choices: [[Word]]

  /// - Parameter command: what the call is of; its slots say what a range or a weight is.
  init(_ call: CommandCall, _ command: Command) {
    self.call = call
    var slots = MatchedCall(call, command).operands.map(\.slot.slot)[...]
    choices = call.arguments.flatMap { argument -> [[Word]] in
      switch argument {
      case .operand(let word): return [word.alternatives(in: slots.popFirst() ?? .text)]
      case .option(let option):
        let slot = command.options.first { $0.name == option.key }?.slot ?? .text
        return option.values.map { $0.alternatives(in: slot) }
      }
    }
  }

  /// How many commands there are; those beyond ``limit`` are not counted on.
  var count: Int { choices.reduce(1) { min($0 * $1.count, Self.limit + 1) } }

  /// One of the commands; the last word's choice changes first.
  subscript(index: Int) -> CommandCall {
    var rest = index
    var chosen = choices.map { $0[0] }
    for place in choices.indices.reversed() {
      chosen[place] = choices[place][rest % choices[place].count]
      rest /= choices[place].count
    }
    var words = chosen[...]
    var one = call
    one.arguments = call.arguments.map { argument in
      switch argument {
      case .operand: return .operand(words.removeFirst())
      case .option(var option):
        for place in option.values.indices { option.values[place] = words.removeFirst() }
        return .option(option)
      }
    }
    return one
  }

  /// Refuses more than can be gone through.
  func check() throws(Diagnostic) {
    guard count > Self.limit else { return }
    throw Diagnostic(
      .badValue, "there are more than \(grouped(Self.limit)) combinations to try", at: call.range)
  }
}

extension Word {
  /// The words between its bars; in a slot for numbers a range is its numbers. A word in quotes is one.
  func alternatives(in slot: Slot) -> [Word] {
    guard quoting == .bare else { return [self] }
    var parts: [[Piece]] = [[]]
    var places = [range.start]
    for piece in pieces {
      guard case .text(let text) = piece.content else {
        parts[parts.count - 1].append(piece)
        continue
      }
      var start = piece.range.start
      for (place, part) in text.split(separator: "|", omittingEmptySubsequences: false).enumerated() {
        if place > 0 {
          start += 1
          parts.append([])
          places.append(min(start, range.end))
        }
        let end = min(start + part.utf8.count, piece.range.end)
        if !part.isEmpty {
          parts[parts.count - 1].append(
            Piece(content: .text(String(part)), range: SourceRange(min(start, end), end), isQuoted: false))
        }
        start = end
      }
    }
    let words = zip(parts, places).map { pieces, start in
      Word(
        pieces: pieces, quoting: .bare,
        range: SourceRange(pieces.first?.range.start ?? start, pieces.last?.range.end ?? start))
    }
    return words.enumerated().flatMap { place, word in
      place == 0 ? word.numbers(in: slot) : word.following(words[0], slot)
    }
  }

  /// The numbers of a range.
  private func numbers(in slot: Slot) -> [Word] {
    switch slot {
    case .count, .number:
      guard let text = literalText, Literal.looksLikeRange(text), let range = try? Literal.range(text),
        range.count <= Alternatives.limit
      else { return [self] }
      return range.texts.map { Word($0, at: self.range) }
    default: return [self]
    }
  }

  /// Behind `svd:0.2` a number alone is another weight of the same thing.
  private func following(_ first: Word, _ slot: Slot) -> [Word] {
    guard slot == .weightedModel, let thing = first.pair?.thing.literalText, let text = literalText,
      (try? Literal.number(text)) != nil
    else { return numbers(in: slot) }
    return [Word("\(thing):\(text)", at: range)]
  }
}

extension CommandCatalog {
  /// The command behind another one's options, which must train a model.
  func innerCommand(_ inner: CommandCall, of outer: Command, models: (String) -> String?) throws(Diagnostic) -> Command
  {
    guard let command = command(for: inner.key) else {
      var problem = unknownCommand(inner.verb)
      if let statement = models(inner.verb.text) {
        problem.hint = "'\(outer.verb)' takes the command that trains it: \(outer.verb) \(statement)"
      }
      throw problem
    }
    guard command.makesModel else {
      throw Diagnostic(
        .unsuitableCommand, "'\(outer.verb)' takes a command that trains a model, and '\(command.verb)' does not",
        at: inner.verb.range,
        hint: "such as \(outer.verb) svd\(outer.nesting == .alternatives ? " k=10|20|50" : " k=50")")
    }
    return command
  }
}

extension Command {
  /// Whether what it gives is a model that is trained anew wherever it runs.
  package var makesModel: Bool { group == .models && verb != "refit" }
}
