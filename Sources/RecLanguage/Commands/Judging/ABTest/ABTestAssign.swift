import RecData
import RecEvaluation
import RecModels

extension Command {
  /// Which arm users see.
  static let abtestAssign = Command(
    "abtest assign", .judging, summary: "say which arm of a test users see",
    operands: [
      Operand(
        "words", .weightedWord, .any,
        "arms with weights, a:50 b:50, and ids of users; without a user all of the ratings")
    ],
    options: [
      OptionSpec("test", .text, "the name of the test, which users are hashed with"),
      OptionSpec("coverage", .share, default: "100%", "the share of all users who are in the test"),
      OptionSpec(
        "from", .weightedWord, list: true, "the weights before, to change them and move no more users than that takes"),
    ],
    examples: [
      Example("abtest assign 42 test=hybrid2 a:50 b:50"),
      Example("abtest assign test=hybrid2 a:50 b:50 coverage=10%", after: .generated),
      Example("abtest assign test=hybrid2 a:90 b:10 from=a:50,b:50", after: .generated),
    ],
    notes: """
      A user's place is n = FNV1a32(FNV1a32(test + user) as digits) mod 10,000 / 10,000, GrowthBook's hash of version 2, \
      and the arms have ranges of places by their weights: the same user sees the same arm on every machine, with nothing \
      stored, and another test splits the users anew. A larger coverage moves nobody. With from= an arm that grows takes \
      over only what another gives up.
      """,
    source: "GrowthBook, docs.growthbook.io/lib/build-your-own"
  ) { call, session in
    let experiment = try call.experiment()
    var users = call.operands.filter { $0.weight == nil }.map { UserID($0.text) }
    let isOfAll = users.isEmpty
    if isOfAll {
      let vocabulary = try session.dataset(nil, for: call).entities.users
      users = vocabulary.indices.map { vocabulary[UserIndex($0)] }
    }
    let table = Assignment(experiment.now, before: experiment.before, users).table
    guard isOfAll else { return Reply(.table(table), outputs: [.table(table)]) }
    let arms = users.map { experiment.now.arm(of: $0) }
    let counts = experiment.now.arms.indices.map { arm in arms.count { $0 == arm } }
    let out = users.count - counts.reduce(0, +)
    var parts = zip(experiment.now.arms, counts).map { "\($0.name) \(grouped($1))" }
    if out > 0 { parts.append("not in the test \(grouped(out))") }
    if let before = experiment.before {
      let moved = zip(users, arms).count { before.arm(of: $0) != nil && before.arm(of: $0) != $1 }
      parts.append("moved \(grouped(moved))")
    }
    return Reply(.table(table), outputs: [.table(table), .text(parts.joined(separator: " · "))])
  }
}

extension Call {
  /// The test that the words describe, and as it was before.
  fileprivate func experiment() throws(Diagnostic) -> (now: Experiment, before: Experiment?) {
    guard let test = try word("test") else {
      throw Diagnostic(
        .missingOperand, "'abtest assign' needs test=, the name that users are hashed with", at: verbRange,
        hint: "such as test=hybrid2")
    }
    let coverage = try number("coverage") ?? 1
    let now = try weights(operands.filter { $0.weight != nil }, at: verbRange)
    guard let earlier = options["from"] else {
      return (Experiment(name: test, weights: now, coverage: coverage), nil)
    }
    let old = try weights(earlier, at: earlier[0].range)
    guard Set(old.map(\.arm)) == Set(now.map(\.arm)) else {
      throw Diagnostic(
        .badValue, "the arms before were \(listed(old.map(\.arm), "and"))", at: earlier[0].range,
        hint: "a weight of 0 closes an arm or opens a new one")
    }
    let before = Experiment(name: test, weights: old, coverage: coverage)
    let weights = old.map { arm in now.first { $0.arm == arm.arm }?.weight ?? 0 }
    return (before.changing(weights: weights, coverage: coverage), before)
  }

  private func weights(
    _ arguments: [Argument], at place: SourceRange
  ) throws(Diagnostic) -> [(arm: String, weight: Double)] {
    var weights: [(arm: String, weight: Double)] = []
    for argument in arguments {
      guard let weight = argument.weight, weight >= 0 else {
        throw Diagnostic(
          .badValue, "'\(argument.text)' has no weight of 0 or more", at: argument.weightRange ?? argument.range,
          hint: "\(argument.text):50")
      }
      guard !weights.contains(where: { $0.arm == argument.text }) else {
        throw Diagnostic(.badValue, "the arm '\(argument.text)' stands here twice", at: argument.range)
      }
      weights.append((argument.text, weight))
    }
    guard Experiment.areSplittable(weights) else {
      throw Diagnostic(
        .missingOperand, "a test has at least two arms, and a weight above 0", at: place, hint: "such as a:50 b:50")
    }
    return weights
  }
}

/// The arms of many users.
private struct Assignment {
  private let now: Experiment
  private let before: Experiment?
  private let users: [UserID]
  private static let usersAtOnce = 4096

  init(_ now: Experiment, before: Experiment?, _ users: [UserID]) {
    self.now = now
    self.before = before
    self.users = users
  }

  var table: Table {
    let columns =
      [Table.Column("user", .text), Table.Column("place", .decimals(4)), Table.Column("arm", .text)]
      + (before == nil ? [] : [Table.Column("before", .text)])
    let rows: @Sendable (Int) -> [[Table.Cell]] = { group in
      let first = group * Self.usersAtOnce
      return users[first..<min(users.count, first + Self.usersAtOnce)].map(row)
    }
    guard users.count > 20 else { return Table(columns: columns, rows: rows(0)) }
    return Table(
      columns: columns,
      rows: .lazy(
        groupCount: (users.count + Self.usersAtOnce - 1) / Self.usersAtOnce, summary: counted(users.count, "user"),
        make: rows))
  }

  private func row(_ user: UserID) -> [Table.Cell] {
    func name(_ experiment: Experiment) -> Table.Cell {
      experiment.arm(of: user).map { .text(experiment.arms[$0].name) } ?? .undefined
    }
    return [.text(user.text), .number(now.place(of: user)), name(now)] + (before.map { [name($0)] } ?? [])
  }
}
