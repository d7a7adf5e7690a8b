import RecData
import RecModels

extension Command {
  /// Changes the scale that models see.
  static let normalize = Command(
    "normalize", .data, summary: "let models learn from ratings on another scale",
    operands: [Operand("data", .dataset, .optional, "the ratings; without it all parts of a split, else the newest")],
    options: [
      OptionSpec("to", .text, default: "zscore", "0..1 or another range, zscore, center, or none to take it back"),
      .choice(
        "by", default: "user",
        [
          Choice("user", "each user has a mean and a spread"), Choice("item", "each item has"),
          Choice("all", "all ratings have one"),
        ], "whose ratings are brought to one scale"),
    ],
    examples: [
      Example("normalize to=zscore by=user", after: .generated), Example("normalize to=0..1 by=all", after: .guide),
      Example("centered = normalize to=center by=item", after: .trained),
    ],
    notes: """
      zscore: mean 0 and deviation 1, of the population; center: mean 0; a range: the lowest rating becomes its lower and \
      the highest its upper end. It belongs to the dataset, and is fitted on the rows that a model is trained on and on no \
      others. Predictions are turned back, so that RMSE, `relevant=`, conditions and what `save` writes stay in the units \
      of the file, and numbers from before and after compare. Where all ratings of a user or an item are equal, they take \
      the deviation of all ratings; with a range, the place of the rating on the whole scale. A user who is new or has \
      rated since is normalized by the ratings there are. Algorithms that go by which items a user has, not by ratings \
      (bpr, graph, tfidf), say that it changes nothing. `head` shows both scales.
      """,
    source: "Herlocker, Konstan, Borchers & Riedl 1999 (z-scores of users), doi:10.1145/312624.312682",
    binds: ["ratings"]
  ) { call, session in
    let prepared = try session.learnedData(call.operands.first, for: call)
    let normalization = try call.normalization()
    guard case .ratings = prepared.first.feedback else {
      throw Diagnostic(.badOperand, "events have no ratings to normalize", at: call.operands.first?.range ?? call.range)
    }
    if normalization != nil, prepared.first.preparation.imputation != nil {
      throw Diagnostic(
        .badOperand, "absent entries were imputed on the present scale", at: call.range,
        hint: "normalize first, then impute")
    }
    let notes = normalization.map { [prepared.first.phrase(of: $0)] } ?? ["as the file has them"]
    return session.reply(prepared, call: call, notes: notes) { data in
      var data = data
      data.preparation.normalization = normalization
      return data
    }
  }
}

extension Call {
  /// What `to=` and `by=` ask for; nil for none.
  fileprivate func normalization() throws(Diagnostic) -> Normalization? {
    let axis = try word("by").flatMap(Normalization.Axis.init) ?? .user
    guard let text = try word("to") else { return Normalization(.zscore, by: axis) }
    switch text.lowercased() {
    case "zscore": return Normalization(.zscore, by: axis)
    case "center": return Normalization(.center, by: axis)
    case "none": return nil
    default: break
    }
    let argument = argument("to") ?? Argument(text: text, range: verbRange)
    guard Literal.looksLikeRange(text) else {
      throw .unknownChoice(argument, of: "to", among: ["0..1", "zscore", "center", "none"])
    }
    let range = try argument.read(Literal.range)
    guard Normalization.isRange(range.start, range.end) else {
      throw .badValue(argument, of: "to", "goes from a lower to an upper end within a million", hint: "such as to=0..1")
    }
    return Normalization(.range, by: axis, lowest: range.start, highest: range.end)
  }
}

extension Dataset {
  /// What a normalization found here, for people.
  fileprivate func phrase(of normalization: Normalization) -> String {
    let fitted = FittedNormalization(normalization, on: interactions)
    let (users, items) = active
    let what =
      normalization.target == .range ? "range" : normalization.target == .zscore ? "mean and deviation" : "mean"
    switch normalization.axis {
    case .all: return "\(what) of \(counted(count, "rating"))"
    case .user, .item:
      let noun = normalization.axis == .user ? "user" : "item"
      let constant = fitted.constantCount
      let exception =
        constant == 0 || normalization.target == .center
        ? "" : " · \(counted(constant, noun)) with equal ratings take that of all"
      return "\(what) of each of \(counted(normalization.axis == .user ? users : items, noun))" + exception
    }
  }
}
