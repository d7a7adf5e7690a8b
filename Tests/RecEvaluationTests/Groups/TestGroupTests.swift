import RecData
import RecEvaluation
import RecKernels
import Testing

struct TestGroupTests {
  private static let entities = Entities(
    users: Vocabulary(["1", "2", "3", "4"]), items: Vocabulary(["1", "2", "3"]),
    userFields: FieldTable([("age", .number([20, 30, 40, .nan]))], describedCount: 4),
    itemFields: FieldTable([("genres", .categories(CategoryColumn([["a", "b"], ["b"], []])))], describedCount: 3))

  private func dataset(_ pairs: [(String, String)]) -> Dataset {
    Dataset(pairs.map { Row(user: $0.0, item: $0.1, value: 4) }, Self.entities)
  }

  private func groups(_ grouping: Grouping) -> [TestGroup] {
    let train = dataset([("1", "1"), ("2", "1"), ("2", "2"), ("3", "1"), ("3", "2"), ("3", "3")])
    return dataset([("1", "2"), ("2", "3"), ("3", "1"), ("4", "1")]).groups(by: grouping, training: train)
  }

  private func pairs(_ group: TestGroup) -> [String] { group.rows.rows.map { $0.user + "/" + $0.item } }

  @Test func `users are grouped by their training ratings, equal ones together`() {
    let groups = groups(.activity)
    #expect(groups.map(\.name) == ["few", "some", "many"])
    #expect(groups.map(\.range) == ["0 ratings", "1 rating", "2–3 ratings"])
    #expect(groups.map(pairs) == [["4/1"], ["1/2"], ["2/3", "3/1"]])
  }

  @Test func `items are grouped by the share of training ratings that they hold together`() {
    // 3, 2 and 1 of 6: item 1 is more than a third already, and with item 2 more than two.
    let groups = groups(.popularity)
    #expect(groups.map(\.name) == ["head", "middle", "tail"])
    #expect(groups.map(\.range) == ["3 ratings", "2 ratings", "1 rating"])
    #expect(groups.map(pairs) == [["3/1", "4/1"], ["1/2"], ["2/3"]])
  }

  @Test func `a row stands in the group of each label, and without one in none`() {
    let groups = groups(.itemField("genres"))
    #expect(groups.map(\.name) == ["a", "b"])
    #expect(groups.map(pairs) == [["3/1", "4/1"], ["1/2", "3/1", "4/1"]])
  }

  @Test func `numbers are cut into thirds, and missing ones are left out`() {
    let groups = groups(.userField("age"))
    #expect(groups.map(\.name) == ["low", "middle", "high"] && groups.map(\.range) == ["20", "30", "40"])
    #expect(groups.map(pairs) == [["1/2"], ["2/3"], ["3/1"]])
    #expect(self.groups(.userField("none")).isEmpty)
  }
}
