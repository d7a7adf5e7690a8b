import RecData
import RecEvaluation
import RecKernels
import Testing

/// Sides from a Python implementation of Spark's `xxhash64` and of each rule: Reference/splits.py.
struct SplitReferenceTests {
  @Test(arguments: [
    "splits-numbers.tsv": SplitRule.Request(test: 0.2, valid: 0.1, seed: 42),
    "splits-texts.tsv": SplitRule.Request(test: 0.3, valid: 0.15, seed: UInt64(bitPattern: -9_223_372_036_854_775_803)),
  ])
  func `every rule chooses the rows that the Python implementation chose`(
    file: String, request: SplitRule.Request
  ) throws {
    let lines = try ReferenceFile.lines(file)
    let names = lines[0].dropFirst(3)
    #expect(Array(names) == SplitCatalog.rules.map(\.name))
    let dataset = Dataset(lines.dropFirst().map { Row(user: $0[0], item: $0[1], time: Int64($0[2]) ?? 0) })
    for (column, name) in zip(3..., names) {
      let rule = try #require(SplitCatalog[name])
      let split = try dataset.split(by: rule, request, execution: Execution(threadCount: 1))
      for (role, side) in [("train", split.train), ("test", split.test), ("valid", try #require(split.valid))] {
        let expected = Set(lines.dropFirst().filter { $0[column] == role }.map { [$0[0], $0[1]] })
        #expect(Set(side.rows.map { [$0.user, $0.item] }) == expected, "\(name): \(role)")
      }
    }
  }
}
