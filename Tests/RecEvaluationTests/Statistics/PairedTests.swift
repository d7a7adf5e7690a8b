import RecEvaluation
import RecKernels
import Testing

/// Tests of paired differences as SciPy and statsmodels compute them: Reference/paired.py.
struct PairedTests {
  private func numbers(_ text: String) -> [Double] { text.split(separator: ",").compactMap { Double($0) } }

  @Test func `p-values and effect sizes are those of SciPy`() throws {
    var checked = 0
    for line in try ReferenceFile.lines("paired.tsv") where line[0] != "judged" && line[0] != "holm" {
      let differences = numbers(line[1])
      let wanted = try #require(Double(line[2]))
      let summary = PairedDifferences(differences)
      let value: Double?
      switch line[0] {
      case "t": value = summary.t
      case "t-p": value = summary.twoSidedP
      case "d_z": value = summary.effectSize
      default: value = SignedRankTest.twoSided(differences)
      }
      // Both sides sum at most 120 numbers; the distribution functions are exact to 1e-10.
      #expect(abs(try #require(value) - wanted) < 1e-9 * max(1, abs(wanted)), "\(line[0]) of \(differences.count)")
      checked += 1
    }
    #expect(checked > 120)
  }

  @Test func `Holm's correction is that of statsmodels`() throws {
    for line in try ReferenceFile.lines("paired.tsv") where line[0] == "holm" {
      let corrected = MultipleComparisons.holm.adjusted(numbers(line[1]))
      for (value, wanted) in zip(corrected, numbers(line[2])) { #expect(abs(value - wanted) < 1e-12) }
      #expect(corrected.count == numbers(line[2]).count)
    }
    #expect(MultipleComparisons.holm.adjusted([]) == [])
  }

  @Test func `differences that are all the same are told apart from none`() {
    #expect(PairedDifferences([0, 0, 0]).twoSidedP == 1 && PairedDifferences([2, 2]).twoSidedP == 0)
    #expect(PairedDifferences([1]).twoSidedP == nil && PairedDifferences([]).twoSidedP == nil)
    #expect(SignedRankTest.twoSided([0, 0]) == 1 && SignedRankTest.twoSided([]) == 1)
    #expect(PairedDifferences([0, 0]).effectSize == 0 && PairedDifferences([2, 2]).effectSize == nil)
  }

  @Test func `two judged models are compared as SciPy compares their users`() throws {
    let (models, test) = try JudgedData.load()
    let report = try evaluate(
      models: models, on: test,
      request: EvaluationRequest(metrics: [try MetricChoice(parsing: "ndcg@5", listLength: 5)]), seed: 42,
      execution: .init(threadCount: 1))
    let pair = try #require(report.comparisons(of: 0).first)
    #expect(pair.difference.first == "rater" && report.comparisons(of: 0).count == 1)
    let values: [String: Double?] = [
      "users": Double(pair.users), "wins": Double(pair.wins), "ties": Double(pair.ties), "losses": Double(pair.losses),
      "value": pair.difference.value, "t": pair.t, "t-p": pair.tP, "wilcoxon": pair.signedRankP, "d_z": pair.effectSize,
    ]
    let lines = try ReferenceFile.lines("paired.tsv").filter { $0[0] == "judged" }
    #expect(lines.count == 9)
    for line in lines {
      let value = try #require(values[line[1]] ?? nil)
      #expect(abs(value - (Double(line[2]) ?? .nan)) < 1e-9, "\(line)")
    }
    #expect(pair.holmP == pair.tP && !pair.isShown)
  }
}
