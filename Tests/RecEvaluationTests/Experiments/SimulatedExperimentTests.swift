import RecData
import RecEvaluation
import RecKernels
import RecModels
import Testing

/// Tests of models on users whose preferences are known.
struct SimulatedExperimentTests {
  private static let execution = Execution(threadCount: 2)
  private static let world = Result {
    try GeneratedWorld(GenerationOptions(users: 400, items: 120, ratings: 6000, seed: 5), execution: execution)
  }
  private static let simulation = Result { () -> ExperimentSimulation in
    let data = try world.get().dataset(execution: execution)
    let models = try ["random", "popular"].map {
      try trainModel(named: $0, on: data, training: Training(seed: 1, execution: execution)).model
    }
    return try ExperimentSimulation(models, in: world.get(), users: 400, length: 5, execution: execution)
  }

  @Test func `many runs come to what is said to be true`() throws {
    let simulation = try Self.simulation.get()
    let runs = 60
    var sums = [[Double]](repeating: [0, 0, 0, 0], count: 2)
    var users = [0.0, 0.0]
    for run in 0..<runs {
      let log = simulation.run(run, seed: 3, workers: Self.execution.workers)
      for (row, arm) in log.arm.enumerated() {
        users[Int(arm)] += 1
        for (place, name) in ["clicks", "impressions", "converted", "revenue"].enumerated() {
          sums[Int(arm)][place] += log[name]?[row] ?? .nan
        }
      }
    }
    for arm in 0..<2 {
      let truth = simulation.truths[arm]
      // Some 8,000 clicks and 900 purchases of each arm, within three and a half standard deviations.
      #expect(abs(sums[arm][0] / sums[arm][1] / truth.ctr - 1) < 0.05)
      #expect(abs(sums[arm][2] / users[arm] / truth.conversion - 1) < 0.12)
      #expect(abs(sums[arm][3] / users[arm] / truth.revenue - 1) < 0.17)
    }
    #expect(simulation.truths[1].ctr > simulation.truths[0].ctr)
  }

  @Test func `a run depends on its number and seed alone`() throws {
    let simulation = try Self.simulation.get()
    let first = simulation.run(1, seed: 3, workers: Workers(threadCount: 1))
    #expect(first == simulation.run(1, seed: 3, workers: Workers(threadCount: 4)))
    #expect(first != simulation.run(2, seed: 3, workers: Workers(threadCount: 1)))
    let broken = simulation.run(1, seed: 3, loss: 0.5, workers: Workers(threadCount: 1))
    #expect(broken.arm.count { $0 == 0 } == first.arm.count { $0 == 0 })
    #expect(broken.arm.count { $0 == 1 } < first.arm.count { $0 == 1 } * 2 / 3)
  }

  @Test func `methods err as often as they say, and the two that are wrong more often`() throws {
    let data = try Self.world.get().dataset(execution: Self.execution)
    let popular = try trainModel(named: "popular", on: data, training: Training(seed: 1, execution: Self.execution))
      .model
    let nothing = try ExperimentSimulation(
      [popular, popular], in: Self.world.get(), users: 400, length: 5, execution: Self.execution)
    let runs = 200
    let records = try nothing.records(runs: runs, seed: 11, execution: Self.execution)
    let found = Dictionary(uniqueKeysWithValues: records.map { ($0.method, $0.found) })
    for method in ["delta", "cuped"] {
      #expect(ExperimentSimulationTests.isPlausible(found[method] ?? -1, of: runs, share: 0.05), "\(found)")
    }
    #expect(found["sequential", default: 99] <= found["delta", default: 0])
    #expect(found["peeking", default: 0] > 2 * found["delta", default: 0], "\(found)")
    #expect(found["impressions", default: 0] > found["delta", default: 0], "\(found)")
    #expect(records.allSatisfy { $0.wrong == $0.found })
    #expect(records[1].width < records[0].width)
  }

  @Test func `interleaving finds the better list with few users, and none between a list and itself`() throws {
    let world = try Self.world.get()
    let data = try world.dataset(execution: Self.execution)
    let models = try ["random", "svd"].map {
      try trainModel(named: $0, on: data, training: Training(seed: 1, execution: Self.execution)).model
    }
    let result = try interleave(
      models[0], models[1], clicks: .simulated(world), users: 400, length: 6, seed: 2, execution: Self.execution)
    #expect(result.firstWins + result.secondWins + result.ties == 400)
    #expect(result.preference > 0 && result.p < 0.05)
    let same = try interleave(
      models[1], models[1], clicks: .simulated(world), users: 400, length: 6, seed: 2, execution: Self.execution)
    #expect(same.p > 0.01)
  }

  @Test func `a world knows what its users rated`() throws {
    let world = try Self.world.get()
    let data = try world.dataset(execution: Self.execution)
    #expect(world.isWhat(data))
    let other = GenerationOptions(users: 400, items: 120, ratings: 6000, seed: 6)
    #expect(!world.isWhat(try generate(other, execution: Self.execution)))
  }
}
