package import RecData

/// What arms are compared by: a share of users, a mean over users, or a ratio of two sums.
package struct ExperimentMetric: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// Each user did it or not.
    case share
    /// A number of each user.
    case mean
    /// Σ numerators / Σ denominators; users are the unit all the same.
    case ratio
  }

  /// As it is asked for, such as "ctr".
  package let name: String
  package let kind: Kind
  package let numerator: String
  /// nil for shares and means.
  package let denominator: String?
}

/// A metric that a log cannot give.
package struct UnknownExperimentMetric: Error, Sendable, Equatable {
  package let name: String
  /// Columns that would be needed and are not there.
  package let missing: [String]
  /// What the log can give.
  package let known: [String]
}

extension ExperimentMetric {
  /// Reads `ctr` (clicks/impressions), `conversion` (who converted), `COLUMN/COLUMN`, or the name of a column: a share
  /// where it holds 0 and 1 alone, else a mean.
  package init(_ text: String, of users: ExperimentUsers) throws(UnknownExperimentMetric) {
    name = text.lowercased()
    let wanted =
      switch name {
      case "ctr": ["clicks", "impressions"]
      case "conversion": ["converted"]
      default: name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      }
    let names = users.columns.map(\.name)
    // `click` finds `clicks`.
    let found = wanted.map { word in names.first { $0 == word } ?? names.first { $0 == word + "s" } }
    let missing = zip(wanted, found).filter { $1 == nil }.map(\.0)
    guard missing.isEmpty, let numerator = found.first ?? nil, found.count <= 2 else {
      throw UnknownExperimentMetric(
        name: text, missing: wanted.count > 2 ? [] : missing, known: Self.known(of: users))
    }
    self.numerator = numerator
    denominator = found.count == 2 ? found[1] : nil
    if denominator != nil {
      kind = .ratio
    } else {
      kind = users[numerator]?.allSatisfy { $0 == 0 || $0 == 1 } ?? false ? .share : .mean
    }
  }

  /// The metrics that need no explanation, and every column.
  package static func known(of users: ExperimentUsers) -> [String] {
    let names = users.columns.map(\.name)
    return (names.contains("clicks") && names.contains("impressions") ? ["ctr"] : [])
      + (names.contains("converted") ? ["conversion"] : [])
      + names.filter { !$0.hasPrefix("pre_") && $0 != "pre" && $0 != "converted" }
  }

  /// Numerators and denominators of the users of an arm, given by their rows.
  func sums(of rows: [Int], in users: ExperimentUsers) -> (numerators: [Double], denominators: [Double]) {
    func column(_ name: String) -> [Double] {
      guard let values = users[name] else { preconditionFailure("the metric was read from these columns") }
      return rows.map { values[$0] }
    }
    return (column(numerator), denominator.map(column) ?? [Double](repeating: 1, count: rows.count))
  }
}
