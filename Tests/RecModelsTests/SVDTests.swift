import RecData
import RecKernels
import RecModels
import Testing

/// What is special to `svd`: fallbacks, folding in, reasons, cancelling.
@Suite struct SVDTests {
  private let data = Dataset(
    [Entry(0, 0, 5), Entry(0, 1, 3), Entry(1, 0, 4), Entry(1, 2, 1), Entry(2, 1, 2), Entry(2, 2, 5)], users: 4,
    items: 4)

  @Test(arguments: Centering.allCases)
  func `answers for the unknown by mean and biases`(centering: Centering) throws {
    let model = try train(centering)
    let baseline = try trainModel(named: "baseline", on: data, training: .threads(1)).model.recommender
    let all: [Int32] = [0, 1, 2, 3]
    #expect(model.predict(.unknown, items: all) == baseline.predict(.unknown, items: all))
    let somebody = data.history(of: UserIndex(0))
    #expect(model.predict(somebody, items: [3]) == baseline.predict(somebody, items: [3]))
    #expect(model.predict(data.history(of: UserIndex(3)), items: all) == baseline.predict(.unknown, items: all))
  }

  @Test func `reproduces every rating where the factors reach the rank`() throws {
    // With centring by user absent entries are zero after centring, so that the full decomposition gives the data back.
    let model = try train(.user)
    for user in 0..<3 {
      let history = data.history(of: UserIndex(user))
      for (rating, value) in zip(model.predict(history, items: history.items), history.values) {
        #expect(abs(rating - value) < 1e-5)
      }
    }
  }

  @Test func `explains by the user's own ratings, the largest first`() throws {
    let large = Dataset.chance(users: 10, items: 60)
    let model = try trainModel(named: "svd", on: large, training: .threads(1)).model.recommender
    let history = large.history(of: UserIndex(2))
    let explanation = try #require(model.explain(history, item: ItemIndex(5)))
    #expect(explanation.parts.prefix(3).map(\.reason) == [.mean, .userBias, .itemBias])
    let shown = explanation.parts.dropFirst(3)
    let sizes = shown.dropLast().map { abs($0.value) }
    #expect(sizes == sizes.sorted(by: >) && sizes.count == 10)
    #expect(shown.last?.reason == .other("\(history.items.count - 10) other ratings"))
  }

  @Test func `gives the same bits for any number of threads where the matrix is large`() throws {
    let large = Dataset.chance(users: 500, items: 450)
    let options = Algorithm.svd.options(with: ["k": .count(8)])
    let bits = try [1, 2, 7].map { threads in
      let model = try trainModel(named: "svd", on: large, options: options, training: .threads(threads)).model
        .recommender
      return [0, 77, 499].map { model.bits(large.history(of: UserIndex($0))) }
    }
    #expect(bits[1] == bits[0] && bits[2] == bits[0])
  }

  @Test func `leaves events as they are, and predicts no ratings of them`() throws {
    let events = Dataset.checkerboard(8, events: true)
    let model = try trainModel(named: "svd", on: events, training: .threads(1)).model.recommender
    #expect(!model.predictsRatings)
    // Each kind is a rank-one block less its diagonal, of which the largest singular value is one less than its size.
    #expect(abs((model.singularValues ?? [])[0] - 3) < 1e-6)
    #expect(model.scores(.unknown) == [Float](repeating: 3, count: 8))
  }

  @Test func `stops when it is asked to`() {
    let execution = Execution(threadCount: 1)
    execution.cancellation.cancel()
    #expect(throws: Cancelled.self) {
      try trainModel(named: "svd", on: data, training: Training(seed: 1, execution: execution))
    }
  }

  private func train(_ centering: Centering) throws -> any Recommender {
    let options = Algorithm.svd.options(with: ["center": .word(centering.rawValue)])
    return try trainModel(named: "svd", on: data, options: options, training: .threads(1)).model.recommender
  }
}
