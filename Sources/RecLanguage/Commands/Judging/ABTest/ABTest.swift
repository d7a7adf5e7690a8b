extension Command {
  /// A/B tests, from the plan to the verdict.
  static let abtest = Command(
    "abtest", .judging, summary: "plan, assign, simulate and analyze A/B tests",
    parts: [.abtestPlan, .abtestAssign, .abtestAnalyze, .abtestPeek, .abtestSimulate, .abtestInterleave],
    notes: """
      Held-out ratings say which model would have predicted better; only users can say which is better for them. An A/B \
      test shows each user one of several lists, always the same arm, and compares what they do.
      """,
    source: "Kohavi, Tang & Xu 2020, Trustworthy online controlled experiments, doi:10.1017/9781108653985")
}
