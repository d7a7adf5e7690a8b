import RecEvaluation
import RecModels

extension Command {
  /// How many users a test needs.
  static let abtestPlan = Command(
    "abtest plan", .judging, summary: "say how many users and days a test of two shares needs",
    options: [
      OptionSpec("rate", .share, "the share of users who do it now, such as those who buy"),
      OptionSpec(
        "lift", .number(-1...1_000), list: true, "the change hoped for, as a part of the rate; 5% of 4% is 0.2 points"),
      OptionSpec("power", .share, default: "80%", "the chance of finding a difference that is there"),
      OptionSpec("alpha", .share, default: "5%", "the chance of finding one that is not"),
      .count("arms", default: 2, in: 2...100, "how many arms, the control included"),
      OptionSpec("daily", .count(1...1_000_000_000_000), unit: "users", "new users a day, for the number of days"),
      OptionSpec(
        "users", .count(1...1_000_000_000_000), unit: "users",
        "how many there are, all arms together; then the power is told"),
    ],
    examples: [
      Example("abtest plan rate=4% lift=5% power=80%"),
      Example("abtest plan rate=4% lift=2%,5%,10% daily=20_000; plot it x=lift y=users"),
      Example("abtest plan rate=4% lift=5% users=20_000"),
    ],
    notes: """
      n = (z_{1−α/2} √(2 p̄ q̄) + z_{power} √(p₁q₁ + p₂q₂))² / (p₂ − p₁)² users in each arm: two-sided, normal, the variance \
      pooled where there is no difference, without a correction for continuity. With more than two arms each is compared \
      with the control, and alpha is divided by the number of comparisons. Users are counted, not visits.
      """,
    source: "Fleiss, Levin & Paik 2003, doi:10.1002/0471445428"
  ) { call, _ in
    let plan = try Planning(call)
    let table = plan.table
    return Reply(.table(table), outputs: [.table(table)])
  }
}

/// The rows of a plan, one for each lift.
private struct Planning {
  private let rate: Double
  private let lifts: [Double]
  private let power: Double
  private let alpha: Double
  private let arms: Int
  private let daily: Int?
  private let users: Int?

  init(_ call: Call) throws(Diagnostic) {
    guard let rate = try call.number("rate"), let lifts = call.options["lift"], !lifts.isEmpty else {
      throw Diagnostic(
        .missingOperand, "'abtest plan' needs rate= and lift=", at: call.verbRange,
        hint: "such as abtest plan rate=4% lift=5%")
    }
    self.rate = try Self.open(rate, "rate", call)
    power = try Self.open(try call.number("power") ?? 0.8, "power", call)
    alpha = try Self.open(try call.number("alpha") ?? 0.05, "alpha", call)
    guard power > alpha else {
      throw Diagnostic(
        .badValue, "a power of \(percentage(power)) is what alpha gives without any users",
        at: call.argument("power")?.range ?? call.argument("alpha")?.range ?? call.verbRange, hint: "such as power=80%")
    }
    arms = try call.count("arms") ?? 2
    daily = try call.count("daily")
    users = try call.count("users")
    if let users, users < 2 * arms {
      throw Diagnostic(
        .badValue, "\(counted(users, "user")) are too few for \(arms) arms",
        at: call.argument("users")?.range ?? call.verbRange)
    }
    var read: [Double] = []
    for argument in lifts {
      let lift = try argument.read(Literal.number)
      let target = rate * (1 + lift)
      guard target != rate, target > 0, target < 1 else {
        throw Diagnostic(
          .badValue,
          target == rate
            ? "no change cannot be found" : "a lift of \(percentage(lift)) makes the rate \(percentage(target))",
          at: argument.range, hint: "such as lift=5%")
      }
      read.append(lift)
    }
    self.lifts = read
  }

  private static func open(_ share: Double, _ option: String, _ call: Call) throws(Diagnostic) -> Double {
    // Below that, divided by many comparisons, nothing would be left of alpha.
    guard share > 1e-100, share < 1 else {
      throw Diagnostic(
        .badValue, "'\(option)' lies between 0% and 100%, and is neither",
        at: call.argument(option)?.range ?? call.verbRange)
    }
    return share
  }

  var table: Table {
    let comparisons = arms - 1
    var heading = "two-sided · alpha \(percentage(alpha))"
    if comparisons > 1 { heading += ", divided by \(comparisons) comparisons" }
    var columns = [
      Table.Column("lift", .percent(1)), Table.Column("rate", .percent(2)), Table.Column("target", .percent(2)),
      Table.Column("power", .percent(1)), Table.Column("per_arm", .count), Table.Column("users", .count),
    ]
    if daily != nil { columns.append(Table.Column("days", .count)) }
    let rows = lifts.map { lift -> [Table.Cell] in
      let plan = SamplePlan(rate: rate, target: rate * (1 + lift), alpha: alpha / Double(comparisons))
      let perArm = users.map { Double($0 / arms) } ?? plan.usersPerArm(power: power).rounded(.up)
      // A count beyond any population is a number all the same.
      let count = { (number: Double) -> Table.Cell in Int(exactly: number).map { .count($0) } ?? .number(number) }
      let power = users == nil ? power : plan.power(usersPerArm: perArm)
      var row: [Table.Cell] = [
        .number(lift), .number(rate), .number(rate * (1 + lift)), .number(power), count(perArm),
        count(perArm * Double(arms)),
      ]
      if let daily { row.append(count((perArm * Double(arms) / Double(daily)).rounded(.up))) }
      return row
    }
    return Table(heading: heading, columns: columns, rows: rows)
  }
}
