import RecAlgebra
import RecData
import RecModels

extension Command {
  /// Gives missing values one.
  static let impute = Command(
    "impute", .data, summary: "give missing fields, or absent ratings, a value",
    operands: [
      Operand(
        "fields", .fields, .any, "fields of items or users; without one the absent ratings; data may stand in front")
    ],
    options: [
      .choice(
        "by", default: "mean",
        [
          Choice("mean", "the mean of what there is"), Choice("median", "the middle of what there is"),
          Choice("most-frequent", "what occurs most often, of equals the smallest"),
          Choice("user-mean", "of absent ratings: the user's mean"),
          Choice("item-mean", "of absent ratings: the item's mean"),
          Choice("constant", "what value= says"), Choice("none", "of absent ratings: absent again"),
        ], "where the value comes from"),
      OptionSpec("value", .text, "the constant: a number, a text or a label"),
    ],
    examples: [
      Example("impute by=item-mean", after: .generated), Example("impute by=constant value=0", after: .guide),
      Example("impute description by=constant value=nothing", after: .generated),
    ],
    notes: """
      A field is filled in for good, and told how often. After a split its value is learned from items, or users, with a \
      rating in train. Absent ratings stay absent for everything but training: what they stand for is fitted on the rows \
      that a model is trained on, and is a number for each user or item, never a matrix. `svd` then decomposes the full \
      matrix. The other algorithms learn from the ratings alone, and say so. After `normalize` it is of normalized values. \
      To leave rows with missing fields out instead: `filter not genres is missing`.
      """,
    source: "Sarwar, Karypis, Konstan & Riedl 2000 (SVD of a matrix filled by item means)",
    binds: ["ratings"]
  ) { call, session in
    let (owner, fields) = session.ownerAndFields(call)
    let by = try call.word("by") ?? "mean"
    if by != "constant", let value = call.argument("value") {
      throw Diagnostic(.badValue, "'value' belongs to by=constant", at: value.range)
    }
    if !fields.isEmpty { return try session.impute(fields, of: owner, by: by, call) }
    let prepared = try session.learnedData(owner, for: call)
    let imputation = try call.matrixImputation(by)
    guard case .ratings = prepared.first.feedback else {
      throw Diagnostic(
        .badOperand, "an event that is absent did not happen, and stands for no rating", at: owner?.range ?? call.range)
    }
    let notes = imputation.map { [prepared.first.phrase(of: $0)] } ?? ["absent ratings are absent"]
    return session.reply(prepared, call: call, notes: notes) { data in
      var data = data
      data.preparation.imputation = imputation
      return data
    }
  }
}

extension Session {
  fileprivate mutating func impute(
    _ fields: [Call.Argument], of owner: Call.Argument?, by: String, _ call: Call
  ) throws(Diagnostic) -> Reply {
    let option = call.argument("by")
    let imputation: FieldImputation
    switch by {
    case "mean": imputation = .mean
    case "median": imputation = .median
    case "most-frequent": imputation = .mostFrequent
    case "constant":
      guard let value = call.argument("value") else {
        throw Diagnostic(.missing, "by=constant needs a value", at: option?.range ?? call.range, hint: "value=…")
      }
      imputation = .constant(value.text)
    default:
      throw Diagnostic(
        .badValue, "by=\(by) is for absent ratings, and '\(fields[0].text)' is a field",
        at: option?.range ?? call.range, hint: "by=mean, median, most-frequent or constant")
    }
    var set: [(name: String, column: FieldColumn)] = []
    var notes: [Output.Content] = []
    var last: PreparedField?
    for argument in fields {
      let field = try field(argument, of: owner, for: call)
      if let last, last.isOfItems != field.isOfItems {
        throw Diagnostic(.badOperand, "fields of items and of users are imputed apart", at: argument.range)
      }
      do throws(FieldProblem) {
        let (column, filled, value) = try field.column.imputed(by: imputation, fittedOn: field.fittedOn)
        set.append((field.name, column))
        notes.append(
          .text(
            "\(field.name): \(counted(filled, "missing value")) of \(grouped(column.count)) became \(shortened(value))")
        )
      } catch {
        throw Diagnostic(fieldProblem: error, field: argument, option: call.argument("value") ?? option)
      }
      last = field
    }
    guard let last else { return Reply() }
    return reply(setting: set, beside: last, owner: owner, call: call, notes: notes)
  }

  private func shortened(_ value: String) -> String {
    Double(value).map { shown($0) } ?? Diagnostic.quoted(value)
  }
}

extension Call {
  /// What absent ratings are to stand for; nil for nothing.
  fileprivate func matrixImputation(_ by: String) throws(Diagnostic) -> MatrixImputation? {
    if by == "none" { return nil }
    guard let source = MatrixImputation.Source(rawValue: by) else { preconditionFailure("the choices of by=") }
    guard source == .constant else { return MatrixImputation(source) }
    guard let value = argument("value") else {
      throw Diagnostic(
        .missing, "by=constant needs a value", at: argument("by")?.range ?? range, hint: "such as value=0")
    }
    let constant = try value.read(Literal.number)
    guard MatrixImputation.constants.contains(constant) else {
      throw .badValue(value, of: "value", "is out of range", hint: "from -1e9 to 1e9")
    }
    return MatrixImputation(.constant, constant: constant)
  }
}

extension Dataset {
  /// What an imputation means here, for people.
  fileprivate func phrase(of imputation: MatrixImputation) -> String {
    let (rows, columns) = (interactions.rowCount, interactions.columnCount)
    let absent = rows * columns - count
    let values = normalized?.dataset.interactions ?? interactions
    let fitted = FittedImputation(imputation, on: values)
    let what =
      switch imputation.source {
      case .userMean: "the mean of their user"
      case .itemMean: "the mean of their item"
      case .constant, .mean, .median, .mostFrequent: shown(fitted.overall)
      }
    return "\(grouped(absent)) absent ratings of \(grouped(rows)) × \(grouped(columns)) stand for \(what)"
  }
}
