import RecData
import Testing

/// Preparation of fields against scikit-learn.
@Suite struct FieldPreparationTests {
  @Test func `imputes numbers and texts as scikit-learn does`() throws {
    let reference = try PreparationReference.stored.get()
    let numbers = FieldColumn.number(reference.numbers.map { $0 ?? .nan })
    let ways: [(String, FieldImputation)] = [
      ("mean", .mean), ("median", .median), ("most-frequent", .mostFrequent), ("constant", .constant("7.5")),
    ]
    for (name, way) in ways {
      let (column, filled, _) = try numbers.imputed(by: way)
      #expect(column == .number(try #require(reference.imputed[name])) && filled == 2, "\(name)")
    }
    let texts = FieldColumn.text(TextColumn(reference.texts.map { $0 ?? "" }))
    let (column, filled, value) = try texts.imputed(by: .mostFrequent)
    #expect(column == .text(TextColumn(reference.imputedTexts)))
    #expect(filled == 2 && value == "blue")
  }

  @Test func `learns a value from the rows that it may see`() throws {
    let numbers = FieldColumn.number([1, 3, .nan, 100])
    let (column, filled, value) = try numbers.imputed(by: .mean, fittedOn: [true, true, true, false])
    #expect(column == .number([1, 3, 2, 100]) && filled == 1 && value == "2")
    #expect(throws: FieldProblem.nothingKnown) {
      try numbers.imputed(by: .median, fittedOn: [false, false, true, false])
    }
  }

  @Test func `imputes labels by the most frequent one`() throws {
    let column = FieldColumn.categories(CategoryColumn([["b", "c"], [], ["c"], ["a", "b"]]))
    #expect(
      try column.imputed(by: .mostFrequent).column
        == .categories(CategoryColumn([["b", "c"], ["b"], ["c"], ["a", "b"]])))
    #expect(
      try column.imputed(by: .constant("z")).column
        == .categories(CategoryColumn([["b", "c"], ["z"], ["c"], ["a", "b"]])))
    #expect(throws: FieldProblem.noNumbers) { try column.imputed(by: .mean) }
    #expect(throws: FieldProblem.notANumber("many")) {
      try FieldColumn.number([1, .nan]).imputed(by: .constant("many"))
    }
  }

  @Test func `encodes labels as scikit-learn does`() throws {
    let reference = try PreparationReference.stored.get()
    let table = FieldTable([
      ("genres", .categories(CategoryColumn(reference.labels))), ("colour", .text(TextColumn(reference.single + [""]))),
    ])
    let multihot = try table.encoded("genres", as: .multihot)
    #expect(multihot.map(\.column) == reference.multihot.map(FieldColumn.number))
    #expect(multihot.map(\.name) == ["genres_Action", "genres_Comedy", "genres_Drama", "genres_Film_Noir"])
    // Ours has one row more, which is missing.
    let onehot = try table.encoded("colour", as: .onehot)
    #expect(onehot.map(\.column) == reference.onehot.map { .number($0 + [0]) })
    let ordinal = try table.encoded("colour", as: .ordinal)
    #expect(ordinal.map(\.column) == [.number(reference.ordinal + [.nan])])
    #expect(ordinal.map(\.name) == ["colour_code"])
  }

  @Test func `refuses labels that do not fit the encoding`() {
    let table = FieldTable([
      ("genres", .categories(CategoryColumn([["a"], ["a", "b"]]))), ("empty", .text(TextColumn(["", ""]))),
      ("number", .number([2, 1])),
    ])
    #expect(throws: FieldProblem.severalLabels(["a", "b"])) { try table.encoded("genres", as: .onehot) }
    #expect(throws: FieldProblem.nothingKnown) { try table.encoded("empty", as: .onehot) }
    #expect(throws: FieldProblem.tooManyValues(2, limit: 1)) { try table.encoded("number", as: .onehot, limit: 1) }
  }

  @Test func `names columns apart that would be called the same`() throws {
    let table = FieldTable([("kind", .text(TextColumn(["a b", "a  b", "A_b"])))])
    #expect(try table.encoded("kind", as: .onehot).map(\.name) == ["kind_A_b", "kind_a_b_2", "kind_a_b_3"])
  }

  @Test func `puts a new column in the place of one of its name`() {
    let table = FieldTable([("a", .number([1])), ("b", .number([2]))], describedCount: 1)
    let changed = table.setting([("c", .number([3])), ("a", .number([4]))])
    #expect(changed.names == ["a", "b", "c"])
    #expect(changed["a"] == .number([4]) && changed.describedCount == 1)
  }
}
