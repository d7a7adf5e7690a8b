import RecAlgebra
import RecData
import RecEvaluation
import RecLanguage
import RecModels

extension GrammarCompletion {
  /// The candidates for the value of an option.
  func values(
    _ spec: OptionSpec, _ typed: StatementWords.Word, _ command: Command, _ arguments: [StatementWords.Word]
  ) -> Completions {
    var result = slot(spec.slot, typed, command, arguments)
    if result.candidates.isEmpty, typed.quote == nil {
      result = matching(TypicalValues.candidates(spec), typed.text, typed.range)
    }
    if result.candidates.isEmpty, let standard = spec.defaultText, standard.hasPrefix(typed.text), typed.quote == nil {
      result = matching([Candidate(standard, help: spec.summary)], typed.text, typed.range)
    }
    // Another word may follow after a comma.
    if spec.takesList { for index in result.candidates.indices { result.candidates[index].appendSpace = false } }
    return result
  }

  /// The candidates for a word in a slot.
  func slot(
    _ slot: Slot, _ word: StatementWords.Word, _ command: Command, _ arguments: [StatementWords.Word]
  ) -> Completions {
    let candidates: [Candidate]
    switch slot {
    case .item: return items(word, suffix: "")
    case .ratedItem: return items(word, suffix: ":")
    case .user: return users(word)
    case .path:
      let typed = word.quote.map(String.init) ?? ""
      return PathCompletion.candidates(for: typed + word.text, replace: word.range)
    case .tableOrPath:
      let typed = word.quote.map(String.init) ?? ""
      var result = PathCompletion.candidates(for: typed + word.text, replace: word.range)
      if word.quote == nil {
        result.candidates =
          names { if case .table = $0 { true } else { false } }.filter { $0.text.hasPrefix(word.text) }
          + result.candidates
      }
      return result
    case .count, .number, .share, .range, .moment, .weightedWord, .text: candidates = []
    case .relevance: candidates = [Candidate("auto")]
    case .candidates: candidates = [Candidate("all"), Candidate("sampled:100")]
    case .flag: candidates = [Candidate("on"), Candidate("off")]
    case .choice(let choices): candidates = choices.map { Candidate($0.word, help: $0.summary) }
    case .fields: candidates = columnNames(arguments) + fieldNames
    case .condition: candidates = fieldNames
    case .metrics: candidates = Self.metrics
    case .model: candidates = models(appendSpace: true)
    case .weightedModel: candidates = models(appendSpace: false)
    case .command: candidates = modelCommands
    case .dataset: candidates = names { $0.isDataset }
    case .name: candidates = names { _ in true }
    case .topic: candidates = topics
    case .setting:
      candidates = (session.catalog["set"]?.options ?? []).map { Candidate($0.name, help: $0.summary) }
    }
    guard word.quote == nil else { return .none(at: word.range.upperBound) }
    return matching(candidates, word.text, word.range)
  }

  private static let metrics: [Candidate] = MetricCatalog.metrics.map { metric in
    Candidate(metric.name, help: metric.summary, appendSpace: false)
  }

  private var modelCommands: [Candidate] {
    session.catalog.commands.filter(\.makesModel).map { Candidate($0.verb, help: $0.summary) }
  }

  private var topics: [Candidate] {
    session.catalog.commands.map { Candidate($0.verb, help: $0.summary) }
      + MetricCatalog.metrics.map { Candidate($0.name, help: $0.summary) } + [
        Candidate("guide", help: "the tutorials"), Candidate("language", help: "the grammar by example"),
      ]
  }

  /// Trained models, and the reference models that are trained where they are named.
  private func models(appendSpace: Bool) -> [Candidate] {
    let trained = names { if case .model = $0 { true } else { false } }
    let reference = AlgorithmCatalog.all.filter { algorithm in
      algorithm.isReference && !trained.contains { $0.text == algorithm.name }
    }
    return (trained + reference.map { Candidate($0.name, help: $0.summary) }).map { candidate in
      Candidate(candidate.text, help: candidate.help, appendSpace: appendSpace)
    }
  }

  private var fieldNames: [Candidate] {
    guard let entities = session.trainingData?.entities else { return [] }
    return (["rating", "user", "item"] + entities.itemFields.names + entities.userFields.names).map { Candidate($0) }
  }

  /// The columns of the table that the command is about: the one it names, else the last value.
  private func columnNames(_ arguments: [StatementWords.Word]) -> [Candidate] {
    let named = arguments.lazy.compactMap { session[$0.text] }.first ?? session.it
    guard case .table(let table)? = named else { return [] }
    return table.columns.map { Candidate($0.name, help: "column") }
  }

  /// `it.svd.rmse`: rows by their first column, then columns.
  func fields(_ word: StatementWords.Word) -> Completions? {
    guard let dot = word.text.lastIndex(of: "."), dot > word.text.startIndex else { return nil }
    let path = word.text[..<dot].split(separator: ".")
    guard let name = path.first, case .table(let table)? = session[String(name)] else { return nil }
    let columns = table.columns.map { Candidate($0.name, appendSpace: false) }
    let rows = table.firstRows.compactMap { $0.first?.text(.text) }.filter(Self.isName)
      .map { Candidate($0, appendSpace: false) }
    let typed = word.text[word.text.index(after: dot)...]
    let range = word.range.upperBound - typed.utf8.count..<word.range.upperBound
    return matching(path.count == 1 ? rows + columns : columns, String(typed), range)
  }

  private func users(_ word: StatementWords.Word) -> Completions {
    guard word.quote == nil, let users = session.trainingData?.entities.users else {
      return .none(at: word.range.upperBound)
    }
    let (ids, moreCount) = Self.ids(users, startingWith: word.text)
    return Completions(replace: word.range, candidates: ids.map { Candidate($0) }, moreCount: moreCount)
  }

  /// Items by title, or by id where a number is typed without quotes.
  private func items(_ word: StatementWords.Word, suffix: String) -> Completions {
    guard let entities = session.trainingData?.entities else { return .none(at: word.range.upperBound) }
    if word.quote == nil, word.text.first?.isNumber == true {
      let (ids, moreCount) = Self.ids(entities.items, startingWith: word.text)
      return Completions(
        replace: word.range,
        candidates: ids.map { id in
          let title = entities.items.index(of: ID(id)).map { entities.title(of: $0) } ?? ""
          return Candidate(id + suffix, help: title.onOneLine, appendSpace: suffix.isEmpty)
        }, moreCount: moreCount)
    }
    guard case .text(let column)? = entities.itemFields["title"] else { return .none(at: word.range.upperBound) }
    let (rows, moreCount) = TitleSearch(word.text, in: column).matches(limit: Self.limit)
    let candidates = rows.map { row in
      Candidate(Self.quoted(column[row], word.quote ?? "\"") + suffix, appendSpace: suffix.isEmpty)
    }
    return Completions(replace: word.range, candidates: candidates, moreCount: moreCount)
  }

  private static func ids<Kind>(_ vocabulary: Vocabulary<Kind>, startingWith text: String) -> ([String], Int) {
    var ids: [String] = []
    var count = 0
    for index in vocabulary.indices {
      let id = vocabulary[Index(index)].text
      guard id.hasPrefix(text) else { continue }
      count += 1
      if ids.count < limit { ids.append(id) }
    }
    return (ids, count - ids.count)
  }
}

extension Value {
  /// Whether it is data or a part of it.
  fileprivate var isDataset: Bool {
    switch self {
    case .dataset, .items, .users: true
    case .number, .text, .table, .figure, .model: false
    }
  }
}
