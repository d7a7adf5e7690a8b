import RecData
import RecEvaluation

extension ExperimentReport {
  /// How users came, the value of each arm, and the differences.
  func tables(of log: ExperimentLog) -> [Table] { [traffic(of: log), values, differences] }

  private func traffic(of log: ExperimentLog) -> Table {
    let whole = Double(max(1, ratio.counts.reduce(0, +)))
    let rows = arms.indices.map { arm -> [Table.Cell] in
      [
        .text(arms[arm]), .count(ratio.counts[arm]), .number(ratio.expected[arm].rounded()),
        .number(Double(ratio.counts[arm]) / whole),
      ]
    }
    let remarks = log.users.remarks
    var parts = [log.summary, remarks.isOfEvents ? "a row for each event" : "a row for each user"]
    if remarks.crossovers > 0 { parts.append("\(grouped(remarks.crossovers)) saw several arms and are left out") }
    if remarks.withoutArm > 0 { parts.append("\(grouped(remarks.withoutArm)) without an arm left out") }
    if remarks.missing > 0 { parts.append("\(counted(remarks.missing, "missing number")) counted as 0") }
    let isEven = ratio.fails ? "users did not come as they were sent" : "as users were sent"
    return Table(
      heading: parts.filter { !$0.isEmpty }.joined(separator: " · "),
      columns: [
        Table.Column("arm", .text), Table.Column("users", .count), Table.Column("expected", .count),
        Table.Column("share", .percent(2)),
      ], rows: rows,
      notes: ["sample ratio: χ² \(decimals(ratio.statistic, 2)), \(ratio.p.pPhrase): \(isEven)"])
  }

  private var values: Table {
    let rows = metrics.flatMap { metric in
      zip(arms, metric.estimates).map { arm, estimate -> [Table.Cell] in
        [
          .text(metric.metric.name), .text(arm), Table.Cell(estimate.value), Table.Cell(estimate.low),
          Table.Cell(estimate.high),
        ]
      }
    }
    return Table(
      columns: [
        Table.Column("metric", .text), Table.Column("arm", .text), Table.Column("value", .decimals(4)),
        Table.Column("low", .decimals(4), role: .low(of: "value")),
        Table.Column("high", .decimals(4), role: .high(of: "value")),
      ], rows: rows)
  }

  private var differences: Table {
    var rows: [[Table.Cell]] = []
    for metric in metrics {
      for comparison in metric.comparisons {
        for finding in comparison.findings {
          rows.append([
            .text(metric.metric.name), .text(finding.method.rawValue), .text(arms[comparison.arm]),
            Table.Cell(finding.difference), Table.Cell(finding.low), Table.Cell(finding.high),
            Table.Cell(finding.lift.value), Table.Cell(finding.lift.low), Table.Cell(finding.lift.high),
            Table.Cell(finding.p),
            finding.method == comparison.deciding ? Table.Cell(comparison.adjustedP) : .undefined,
          ])
        }
      }
    }
    return Table(
      title: "differences", heading: "differences from \(arms[control])",
      columns: [
        Table.Column("metric", .text), Table.Column("method", .text), Table.Column("arm", .text),
        Table.Column("value", .decimals(4)), Table.Column("low", .decimals(4), role: .low(of: "value")),
        Table.Column("high", .decimals(4), role: .high(of: "value")), Table.Column("lift", .percent(1)),
        Table.Column("lift_low", .percent(1), role: .low(of: "lift")),
        Table.Column("lift_high", .percent(1), role: .high(of: "lift")),
        Table.Column("p", .decimals(4)), Table.Column("adjusted", .decimals(4)),
      ], rows: rows)
  }

  /// What the test says of each metric and arm, with what stands behind it on lines of its own.
  package var verdicts: [String] {
    if ratio.fails { return ["no winner is named: the sample ratio is wrong"] }
    let verdicts = metrics.flatMap { metric in
      metric.comparisons.map { ([verdict(metric.metric, $0)] + remarks($0)).joined(separator: "\n  ") }
    }
    guard comparisonCount > 1, correction != .none else { return verdicts }
    return verdicts + ["each p is corrected for \(comparisonCount) comparisons (\(correction.rawValue))"]
  }

  private func verdict(_ metric: ExperimentMetric, _ comparison: Comparison) -> String {
    let name = "\(metric.name): "
    let arm = arms[comparison.arm]
    guard let decision = comparison.decision else {
      return name + "\(arm) and \(arms[control]) have too little of it to compare"
    }
    let how = decision.method.phrase
    let p = comparison.adjustedP.pPhrase
    guard isFound(comparison) else { return name + "no difference that this data can show, \(p) by \(how)" }
    let (better, worse) = decision.difference > 0 ? (arm, arms[control]) : (arms[control], arm)
    return name + "\(better) beats \(worse), \(p) by \(how)"
  }

  private func remarks(_ comparison: Comparison) -> [String] {
    var remarks: [String] = []
    if !isFound(comparison), let detectable = comparison.detectable, detectable > 0 {
      remarks.append("a difference of \(shown(detectable.rounded(toDigits: 2))) would be found four times in five")
    }
    if let reduction = comparison.reduction {
      remarks.append("\(decimals(100 * reduction, 0))% of the variance was known before the test")
    }
    return remarks
  }
}

extension ExperimentReport.Method {
  fileprivate var phrase: String {
    switch self {
    case .proportions: "the z test of two shares"
    case .welch: "Welch's t test"
    case .delta: "the delta method"
    case .bootstrap: "the bootstrap"
    case .cuped: "CUPED"
    case .sequential: "the sequential test"
    }
  }
}

extension Double {
  /// A p-value as people write it.
  var pPhrase: String { self < 0.0001 ? "p < 0.0001" : "p = \(decimals(self, 4))" }

  /// With so many significant digits.
  fileprivate func rounded(toDigits digits: Int) -> Double {
    guard self != 0, isFinite else { return self }
    var scale = 1.0
    var size = magnitude
    while size < 1 {
      size *= 10
      scale *= 10
    }
    while size >= 10 {
      size /= 10
      scale /= 10
    }
    for _ in 1..<digits { scale *= 10 }
    return (self * scale).rounded() / scale
  }
}
