import RecData
import RecKernels
import RecModels
import Testing

@Suite struct EpochLoopTests {
  private let execution = Execution(threadCount: 1)
  private let ratings = Dataset.chance(users: 5, items: 5)

  /// A training whose state is the number of epochs done, judged by a fixed value for each.
  private func run(
    epochs: Int, values: [Double], isLargerBetter: Bool = false, stopsEarly: Bool = true, epochLimit: Int? = nil,
    cancelling: Int? = nil
  ) throws -> (state: [Int], curve: LearningCurve) {
    let popular = try Popular(ratings)
    let validation = Validation(on: ratings) { recommender in
      let state = (recommender as? Counted)?.epochs ?? 0
      return .init(metric: "rmse", value: values[state - 1], isLargerBetter: isLargerBetter)
    }
    let training = Training(
      seed: 1, execution: execution, validation: values.isEmpty ? nil : validation, epochLimit: epochLimit)
    let loop = EpochLoop(label: "test", epochCount: epochs, lossName: "rmse", stopsEarly: stopsEarly, training)
    return try loop.run(from: [], recommender: { Counted(epochs: $0.count, base: popular) }) { state, epoch in
      if epoch == cancelling { throw Cancelled() }
      state.append(epoch)
      return 1 / Double(epoch + 1)
    }
  }

  @Test func `keeps the last state where nothing is held out`() throws {
    let (state, curve) = try run(epochs: 4, values: [])
    #expect(state == [0, 1, 2, 3])
    #expect(curve.keptEpoch == 4 && curve.points.map(\.loss) == [1, 1 / 2, 1 / 3, 1 / 4])
    #expect(curve.validationName == nil && !curve.isPartial)
  }

  @Test func `keeps the best state and ends when patience is out`() throws {
    let (state, curve) = try run(
      epochs: 50, values: [5, 4, 3, 3.5, 3.2, 3.1, 3.3, 3.4] + Array(repeating: 9, count: 42))
    #expect(state == [0, 1, 2] && curve.keptEpoch == 3)
    #expect(curve.points.count == 3 + EpochLoop.patience && curve.keptValidation == 3)
  }

  @Test func `takes the larger value where it is better`() throws {
    let (state, _) = try run(epochs: 4, values: [0.1, 0.3, 0.2, 0.25], isLargerBetter: true)
    #expect(state == [0, 1])
  }

  @Test func `goes on to the end where stop=never`() throws {
    let (state, curve) = try run(epochs: 4, values: [1, 2, 3, 4], stopsEarly: false)
    #expect(state == [0, 1, 2, 3] && curve.validationName == nil)
  }

  @Test func `a limit cuts the epochs`() throws {
    #expect(try run(epochs: 50, values: [], epochLimit: 7).state.count == 7)
  }

  @Test func `cancelled later it keeps what it has, marked partial`() throws {
    let (state, curve) = try run(epochs: 9, values: [], cancelling: 3)
    #expect(state == [0, 1, 2] && curve.isPartial && curve.keptEpoch == 3)
    #expect(try run(epochs: 9, values: [3, 2, 4], cancelling: 3).state == [0, 1])
  }

  @Test func `cancelled in the first epoch it throws`() {
    #expect(throws: Cancelled.self) { try run(epochs: 9, values: [], cancelling: 0) }
  }
}

/// A model that knows after how many epochs it was made.
private struct Counted: Recommender {
  let epochs: Int
  let base: Popular

  var itemCount: Int { base.itemCount }
  var predictsRatings: Bool { false }

  func score(_ history: History, into scores: inout MutableSpan<Float>) { base.score(history, into: &scores) }
  func explain(_ history: History, item: ItemIndex) -> Explanation? { nil }
}
