import RecEvaluation
import Testing

/// Values from scikit-learn and ranx: Reference/metrics.py.
struct MetricReferenceTests {
  @Test func `metrics of single rankings are those of scikit-learn and ranx`() throws {
    let lines = try ReferenceFile.lines("rankings.tsv")
    #expect(lines.count == 121)
    for line in lines.dropFirst() {
      let scores = line[0].split(separator: ",").compactMap { Float($0) }
      let ratings = line[1].split(separator: ",").compactMap { Double($0) }
      let cutoff = try #require(Int(line[2]))
      let ranked = RankedRelevance(scores: scores, relevant: ratings.map { $0 >= 4 })
      let graded = RankedRelevance(
        scores: scores, relevant: ratings.map { $0 >= 4 }, gains: ratings.map { $0 > 0 ? twoToThe($0) - 1 : 0 })
      let all = scores.count
      let ours: [(String, RankedRelevance, Int)] = [
        ("precision", ranked, cutoff), ("recall", ranked, cutoff), ("hitrate", ranked, cutoff), ("mrr", ranked, all),
        ("mrr", ranked, cutoff), ("map", ranked, cutoff), ("map", ranked, all), ("ndcg", ranked, cutoff),
        ("ndcg", graded, cutoff),
      ]
      for ((name, ranked, cutoff), text) in zip(ours, line.dropFirst(3)) {
        let expected = try #require(Double(text))
        guard !expected.isNaN else { continue }
        let value = try #require(measure(name, ranked, cutoff))
        // Both sides sum a few dozen doubles.
        #expect(abs(value - expected) < 1e-12, "\(name)@\(cutoff) of \(line[0]), \(line[1])")
      }
    }
  }
}

private func twoToThe(_ power: Double) -> Double { (0..<Int(power)).reduce(1.0) { value, _ in value * 2 } }
