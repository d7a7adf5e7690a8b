import RecAlgebra
import RecData
import RecKernels
import RecModels

extension Suite {
  static let bpr = Suite("bpr", "an epoch of pairwise steps, for both losses") {
    let matrix = SyntheticRatings.matrix(users: 6000, items: 4000, count: 1_000_000)
    let entities = Entities(
      users: Vocabulary(sorted: .numbers((0..<6000).map { Int64($0) })),
      items: Vocabulary(sorted: .numbers((0..<4000).map { Int64($0) })))
    let data = Dataset(name: "synthetic", entities: entities, interactions: matrix, feedback: .events)
    for loss in ["bpr", "warp"] {
      for factors in [16, 64, 128] {
        for threads in [1, 2] {
          let training = Training(seed: 1, execution: Execution(threadCount: threads))
          func seconds(epochs: Int) -> Double {
            let options = Algorithm.bpr.options(
              with: ["loss": .word(loss), "k": .count(factors), "epochs": .count(epochs)])
            return bestTime(runs: 3) {
              _ = try? trainModel(named: "bpr", on: data, options: options, training: training)
            }
          }
          let epoch = (seconds(epochs: 11) - seconds(epochs: 1)) / 10
          // Three vectors are read and written at each step, mostly in the caches.
          report(
            "\(loss) k=\(factors), \(threads) threads", seconds: epoch,
            rate: Double(matrix.entryCount) / epoch * 1e-6, unit: "M steps/s")
        }
      }
    }
  }
}
