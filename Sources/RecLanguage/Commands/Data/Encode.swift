import RecData
import RecModels

extension Command {
  /// Makes numbers of labels.
  static let encode = Command(
    "encode", .data, summary: "turn labels into numbers: one-hot, multi-hot or ordinal",
    operands: [Operand("fields", .fields, .any, "fields of items or users; data may stand in front")],
    options: [
      .choice(
        "as", default: "onehot",
        [
          Choice("onehot", "a column of zeros and ones for each label, one label a row"),
          Choice("multihot", "the same where a row has several labels"),
          Choice("ordinal", "one column with the place of the label, from 0"),
        ], "what the labels become")
    ],
    examples: [
      Example("encode genres as=multihot", after: .generated), Example("encode text as=ordinal", after: .guide),
    ],
    notes: """
      The columns stand behind the others, named by field and label: `genres_Drama`; of ordinal, `genres_code`. The field \
      itself stays. They can be shown, saved, asked in conditions (`filter genres_Drama == 1`) and read by content models \
      (`tfidf fields=genres_Drama,genres_Comedy`), for which a column of zeros and ones is one term. Labels are in the order \
      of their bytes, numbers of their value. A row without a label has zeros, or no code.
      """
  ) { call, session in
    let (owner, fields) = session.ownerAndFields(call)
    guard let argument = fields.first else {
      throw Diagnostic(.missingOperand, "'encode' needs a field", at: call.verbRange, hint: "such as encode genres")
    }
    let encoding = try call.word("as").flatMap(FieldEncoding.init) ?? .onehot
    var columns: [(name: String, column: FieldColumn)] = []
    var notes: [Output.Content] = []
    let first = try session.field(argument, of: owner, for: call)
    for argument in fields {
      let field = try session.field(argument, of: owner, for: call)
      guard field.isOfItems == first.isOfItems else {
        throw Diagnostic(.badOperand, "fields of items and of users are encoded apart", at: argument.range)
      }
      do throws(FieldProblem) {
        let new = try field.table.encoded(field.name, as: encoding)
        columns += new
        notes.append(.text(field.phrase(of: new, as: encoding)))
      } catch {
        throw Diagnostic(fieldProblem: error, field: argument, option: call.argument("as"))
      }
    }
    return session.reply(setting: columns, beside: first, owner: owner, call: call, notes: notes)
  }
}

extension PreparedField {
  /// What encoding it made, for people.
  fileprivate func phrase(of columns: [(name: String, column: FieldColumn)], as encoding: FieldEncoding) -> String {
    let missing = (0..<column.count).count { column.isMissing($0) }
    let without = missing == 0 ? "" : " · \(counted(missing, noun)) without a label"
    guard let first = columns.first, let last = columns.last, columns.count > 1 else {
      return "\(name) became \(columns.first?.name ?? "nothing")\(without)"
    }
    return "\(name) became \(counted(columns.count, "column")), \(first.name) to \(last.name)\(without)"
  }
}
