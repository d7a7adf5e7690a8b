internal import RecAlgebra
package import RecData
package import RecKernels
package import RecModels

/// A test of models on users whose preferences are known, so that what it should find is known, too.
package struct ExperimentSimulation: Sendable {
  /// A number of each arm that is true of all users together.
  package struct Truth: Sendable, Equatable {
    package let ctr: Double
    package let conversion: Double
    package let revenue: Double
  }

  /// One for each arm.
  package let truths: [Truth]
  package let userCount: Int
  private let world: ClickWorld
  private let ids: [String]
  /// The chances of clicks of each user of the world before the list of each arm; arms × users, at most those that take part.
  private let chances: [[[Double]]]
  private let arms: [String]

  /// Makes the lists of all models for all users.
  ///
  /// - Parameters:
  ///   - models: Trained on ratings of `world`, whose users and items have the numbers that it gave them.
  ///   - users: How many users take part, from the first on. Beyond those of the world each has the taste, and sees the
  ///     list, of one of them, but comes and acts on its own.
  ///   - length: How many items a list shows.
  package init(
    _ models: [Model], in world: GeneratedWorld, users: Int, length: Int, execution: Execution
  ) throws(Cancelled) {
    let clicks = ClickWorld(world)
    self.world = clicks
    userCount = users
    arms = Self.names(models.count)
    ids = (0..<users).map { String($0 + 1) }
    var chances: [[[Double]]] = []
    for model in models {
      let rule = ListRule(length: length, hidesSeen: true)
      let items = model.entities.items
      // The numbers that the world gave to items are their ids, from 1.
      let numbers = items.indices.map { (Int32(items[ItemIndex($0)].text) ?? 0) - 1 }
      var own: [[Double]] = []
      let listed = min(users, world.options.users)
      for start in stride(from: 0, to: listed, by: 2048) {
        try execution.checkpoint()
        execution.report(
          Progress(label: "simulate", fraction: Double(start) / Double(listed), of: .init(listed, "user")))
        let block = start..<min(listed, start + 2048)
        let lists = model.lists(of: block, rule, workers: execution.workers)
        own += execution.workers.map(block.count) { place in
          clicks.clickChances(user: block.lowerBound + place, items: lists[place].map { numbers[Int($0.item)] })
        }
      }
      chances.append(own)
    }
    self.chances = chances
    truths = chances.map { chances in
      var sum = ClickWorld.Expectation()
      for user in 0..<users {
        let own = clicks.expectation(user: user, chances: chances[user % chances.count])
        sum.impressions += own.impressions
        sum.clicks += own.clicks
        sum.converted += own.converted
        sum.revenue += own.revenue
      }
      return Truth(
        ctr: sum.impressions > 0 ? sum.clicks / sum.impressions : 0, conversion: sum.converted / Double(users),
        revenue: sum.revenue / Double(users))
    }
  }

  /// `a`, `b`, `c` and so on.
  package static func names(_ count: Int) -> [String] {
    (0..<count).map { String(UnicodeScalar(UInt8(ascii: "a") + UInt8($0 % 26))) + ($0 < 26 ? "" : String($0 / 26)) }
  }

  /// One run: who was in which arm and what they did, with clicks and impressions of a period before in which all saw
  /// the first arm's list.
  ///
  /// - Parameters:
  ///   - seed: With the run, keys the assignment and all behaviour.
  ///   - loss: The share of the last arm's users of whom the log knows nothing, as a broken page would have it.
  package func run(_ run: Int = 0, seed: UInt64, loss: Double = 0, workers: Workers) -> ExperimentUsers {
    let test = Experiment(
      name: "simulation", salt: "simulation \(seed) \(run) ", weights: arms.map { ($0, 1) })
    let chunk = 1024
    let rows = workers.map((userCount + chunk - 1) / chunk) { index in
      (index * chunk..<min(userCount, (index + 1) * chunk)).compactMap { user -> Row? in
        guard let arm = test.arm(of: UserID(ids[user])) else { return nil }
        let isLost =
          arm == arms.count - 1
          && CounterRandom.uniform(seed: seed, purpose: .losses, UInt64(user), UInt64(run)) < loss
        if isLost { return nil }
        let round = UInt64(run) << 1
        return Row(
          user: user, arm: arm,
          before: world.behaviour(user: user, chances: chances(of: user, arm: 0), seed: seed, round: round),
          during: world.behaviour(user: user, chances: chances(of: user, arm: arm), seed: seed, round: round | 1))
      }
    }.flatMap { $0 }
    var column = TextColumn()
    for row in rows { column.append(ids[row.user]) }
    func numbers(_ name: String, _ number: (Row) -> Double) -> ExperimentUsers.Column { .init(name, rows.map(number)) }
    return ExperimentUsers(
      ids: column, arms: arms, arm: rows.map { Int32($0.arm) },
      columns: [
        numbers("impressions") { Double($0.during.impressions) }, numbers("clicks") { Double($0.during.clicks) },
        numbers("purchases") { Double($0.during.purchases) }, numbers("revenue") { $0.during.revenue },
        numbers("pre_impressions") { Double($0.before.impressions) },
        numbers("pre_clicks") { Double($0.before.clicks) },
      ])
  }

  private func chances(of user: Int, arm: Int) -> [Double] { chances[arm][user % chances[arm].count] }

  private struct Row: Sendable {
    let user: Int
    let arm: Int
    let before: ClickWorld.Behaviour
    let during: ClickWorld.Behaviour
  }
}
