import RecEvaluation
import RecModels

/// The trials of a search so far, and how they stand.
struct TuningBoard: Sendable {
  /// A trial in the last round that it was in.
  struct Entry: Sendable {
    let place: Int
    let score: TrialScore
    let round: Int
    let share: Double
  }

  private let metric: MetricChoice
  private var entries: [Entry] = []
  /// How many were run, in all rounds.
  private(set) var trialCount = 0

  init(metric: MetricChoice) {
    self.metric = metric
  }

  mutating func add(_ places: [Int], _ scores: [TrialScore], round: Int, share: Double) {
    trialCount += places.count
    entries.removeAll { places.contains($0.place) }
    entries += zip(places, scores).map { Entry(place: $0, score: $1, round: round, share: share) }
  }

  /// The best first: later rounds before earlier ones, of equal values the one that was written first; undefined last.
  var order: [Entry] {
    let sign = metric.metric.isLargerBetter ? -1.0 : 1
    return entries.sorted { left, right in
      let values = [left, right].map { $0.score.value.map { $0 * sign } ?? .infinity }
      return (-left.round, values[0], left.place) < (-right.round, values[1], right.place)
    }
  }

  /// The places of the best of a round, in the order in which they were written.
  func best(_ count: Int, ofRound round: Int) -> [Int] {
    order.filter { $0.round == round }.prefix(count).map(\.place).sorted()
  }

  /// Those that the data cannot tell from the best.
  private var withinNoise: [Entry] {
    let order = order
    guard let best = order.first else { return [] }
    return order.dropFirst().filter { entry in
      guard entry.round == best.round, let gap = entry.score.difference(to: best.score), let low = gap.low,
        let high = gap.high
      else { return false }
      return low <= 0 && high >= 0
    }
  }

  func noiseWarning(_ calls: [Call], at range: SourceRange) -> Diagnostic? {
    let near = withinNoise
    guard !near.isEmpty else { return nil }
    let varying = Varying(calls)
    let names = near.prefix(4).map { varying.words(calls[$0.place]) }
    let more = near.count > names.count ? " and \(near.count - names.count) more" : ""
    return Diagnostic(
      warning: .withinNoise,
      "the best is within noise of \(names.joined(separator: ", "))\(more): the data cannot tell them apart",
      at: range)
  }

  /// A row for each trial.
  ///
  /// - Parameter resource: what halving gave more and more of, in a column of its own; nil for other searches.
  func table(_ calls: [Call], heading: String, resource: String?) -> Table {
    let varying = Varying(calls)
    let order = order
    // Of one option the numbers are an axis to draw along; of several the trial has a name.
    var columns = varying.names.count == 1 ? [] : [Table.Column("trial", .text)]
    columns += varying.names.map { Table.Column($0, varying.style(of: $0, calls)) }
    if let resource { columns.append(Table.Column(resource, .percent(1))) }
    columns += [
      Table.Column(metric.name, metric.style),
      Table.Column(metric.name + "_low", .decimals(4), role: .low(of: metric.name)),
      Table.Column(metric.name + "_high", .decimals(4), role: .high(of: metric.name)),
      Table.Column("behind", .decimals(4)),
      Table.Column("behind_low", .decimals(4), role: .low(of: "behind")),
      Table.Column("behind_high", .decimals(4), role: .high(of: "behind")),
    ]
    let rows = order.map { entry -> [Table.Cell] in
      let call = calls[entry.place]
      let score = entry.score
      // Of other rounds the values do not compare.
      let gap =
        entry.place == order[0].place || entry.round != order[0].round ? nil : score.difference(to: order[0].score)
      return (varying.names.count == 1 ? [] : [.text(varying.words(call))])
        + varying.names.map { varying.cell($0, call, style: varying.style(of: $0, calls)) }
        + (resource == nil ? [] : [.number(entry.share)])
        + [Table.Cell(score.value), Table.Cell(score.low), Table.Cell(score.high)]
        + [Table.Cell(gap?.value), Table.Cell(gap?.low), Table.Cell(gap?.high)]
    }
    return Table(heading: heading, columns: columns, rows: rows)
  }
}

/// The words in which the calls of a search differ.
private struct Varying {
  /// Names of options, and `data` or `models` for operands, in the order of the command.
  let names: [String]

  init(_ calls: [Call]) {
    let command = calls[0].command
    var names: [String] = []
    if Set(calls.map { Self.operandWords($0) }).count > 1 { names.append(command.operands.first?.name ?? "words") }
    for spec in command.options where Set(calls.map { Self.text(spec.name, $0) }).count > 1 { names.append(spec.name) }
    self.names = names.isEmpty ? ["trial"] : names
  }

  private static func operandWords(_ call: Call) -> String {
    call.operands.map { "\($0.text)\($0.weight.map { ":\(plain($0))" } ?? "")" }.joined(separator: " ")
  }

  private static func text(_ name: String, _ call: Call) -> String {
    call.options[name]?.map(\.text).joined(separator: ",") ?? ""
  }

  private func text(_ name: String, _ call: Call) -> String {
    call.command.options.contains { $0.name == name } ? Self.text(name, call) : Self.operandWords(call)
  }

  /// `k=20 center=bias`.
  func words(_ call: Call) -> String {
    names.map { name in
      call.command.options.contains { $0.name == name } ? "\(name)=\(text(name, call))" : text(name, call)
    }.joined(separator: " ")
  }

  /// Numbers where all are.
  func style(of name: String, _ calls: [Call]) -> Table.Style {
    let texts = calls.map { text(name, $0) }
    guard texts.allSatisfy({ (try? Literal.number($0)) != nil }) else { return .text }
    return .decimals(texts.map(Literal.decimalCount).max() ?? 0)
  }

  func cell(_ name: String, _ call: Call, style: Table.Style) -> Table.Cell {
    let text = text(name, call)
    return style == .text ? .text(text) : Table.Cell(try? Literal.number(text))
  }
}
