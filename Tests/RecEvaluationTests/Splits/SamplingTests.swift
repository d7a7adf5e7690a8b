import RecData
import RecEvaluation
import RecKernels
import Testing

/// Samples from a Python implementation of Spark's `xxhash64`, and what they promise: Reference/splits.py.
@Suite struct SamplingTests {
  @Test(arguments: ["samples-numbers.tsv": UInt64(42), "samples-texts.tsv": 7])
  func `keeps what the Python implementation keeps`(file: String, seed: UInt64) throws {
    let lines = try ReferenceFile.lines(file)
    let rows = lines.dropFirst().map { Row(user: $0[0], item: $0[1]) }
    let dataset = Dataset(rows)
    for (column, name) in zip(2..., lines[0].dropFirst(2)) {
      let words = name.split(separator: " ")
      let size = words[1].hasSuffix("%") ? SampleSize.share(0.3) : .count(try #require(Int(words[1])))
      let kept: Dataset
      switch try #require(SampleRule(rawValue: String(words[0]))) {
      case .rating:
        let isKept = try dataset.sampledEntries(size, seed: seed, execution: Execution(threadCount: 2))
        kept = dataset.part(.whole, keeping: isKept)
      case .user:
        kept = dataset.keeping(
          users: dataset.sampledEntities(size, users: true, seed: seed),
          items: [Bool](repeating: true, count: dataset.entities.items.count))
      case .item:
        kept = dataset.keeping(
          users: [Bool](repeating: true, count: dataset.entities.users.count),
          items: dataset.sampledEntities(size, users: false, seed: seed))
      }
      let expected = zip(rows, lines.dropFirst()).filter { $0.1[column] == "in" }.map(\.0)
      #expect(Set(kept.rows) == Set(expected), "\(name)")
      #expect(!expected.isEmpty && expected.count < rows.count)
    }
  }

  @Test func `is part of a larger sample, and independent of a split of its seed`() throws {
    let rows = (0..<40).flatMap { user in (0..<50).map { Row(user: "\(user)", item: "\($0)") } }
    let dataset = Dataset(rows)
    func sample(_ size: SampleSize) throws -> [Bool] {
      try dataset.sampledEntries(size, seed: 42, execution: Execution(threadCount: 2))
    }
    let small = try sample(.share(0.1))
    let large = try sample(.share(0.3))
    #expect(zip(small, large).allSatisfy { !$0 || $1 })
    #expect(try sample(.count(77)).count { $0 } == 77)
    #expect(try sample(.count(9999)).count { $0 } == 2000)
    let rule = try #require(SplitCatalog["random"])
    let split = try dataset.part(.whole, keeping: large).split(
      by: rule, SplitRule.Request(test: 0.2, seed: 42), execution: Execution(threadCount: 1))
    // Were the hashes the same, every sampled row would be a test row below a share of 20%.
    let share = Double(split.test.count) / Double(split.test.count + split.train.count)
    #expect(abs(share - 0.2) < 0.06)
  }
}
