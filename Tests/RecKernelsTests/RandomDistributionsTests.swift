import RecAlgebra
import Testing

/// Moments of drawn numbers, each within five standard errors of the distribution's: one in two million fails by chance.
@Suite struct RandomDistributionsTests {
  private let purpose = CounterRandom.Purpose("distribution test")

  @Test(arguments: [1, 1.5, 3, 50, 10_000])
  func `draws the gamma distribution`(shape: Double) {
    let count = 20_000
    let draws = (0..<count).map { CounterRandom.gamma(shape: shape, seed: 1, purpose: purpose, UInt64($0)) }
    let mean = draws.reduce(0, +) / Double(count)
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    // Mean and variance are the shape; the kurtosis is 3 + 6 / shape.
    #expect(abs(mean - shape) < 5 * (shape / Double(count)).squareRoot())
    #expect(abs(variance - shape) < 5 * shape * ((2 + 6 / shape) / Double(count)).squareRoot())
    #expect(draws.allSatisfy { $0 > 0 })
  }

  @Test func `has the exponential distribution for a shape of one`() {
    let count = 20_000
    let draws = (0..<count).map { CounterRandom.gamma(shape: 1, seed: 2, purpose: purpose, UInt64($0)) }
    for (level, share) in [(0.105_360_5, 0.1), (0.693_147_2, 0.5), (2.302_585_1, 0.9)] {
      let below = Double(draws.count { $0 < level }) / Double(count)
      #expect(abs(below - share) < 5 * (share * (1 - share) / Double(count)).squareRoot())
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 17])
  func `fills with independent normals, whatever the length`(length: Int) {
    let rows = 60_000 / length
    var draws: [Float] = []
    for row in 0..<rows {
      var numbers = [Float](repeating: 0, count: length)
      var span = numbers.mutableSpan
      CounterRandom.fillNormals(&span, seed: 3, purpose: purpose, 7, UInt64(row))
      draws += numbers
    }
    let count = Double(draws.count)
    func mean(_ power: Int) -> Double {
      draws.reduce(0) { sum, draw in sum + (0..<power).reduce(1) { product, _ in product * Double(draw) } } / count
    }
    #expect(abs(mean(1)) < 5 / count.squareRoot())
    #expect(abs(mean(2) - 1) < 5 * (2 / count).squareRoot())
    #expect(abs(mean(3)) < 5 * (15 / count).squareRoot())
    #expect(abs(mean(4) - 3) < 5 * (96 / count).squareRoot())
    let neighbours = zip(draws, draws.dropFirst()).reduce(0) { $0 + Double($1.0) * Double($1.1) } / count
    #expect(abs(neighbours) < 5 / count.squareRoot())
  }

  @Test func `draws Wishart matrices by Bartlett's factors`() {
    let (order, degrees, count) = (3, 7.5, 4_000)
    var sums = [Double](repeating: 0, count: order * order)
    for draw in 0..<count {
      let factor = CounterRandom.bartlett(
        order: order, degrees: degrees, seed: 4, purpose: purpose, UInt64(draw))
      for row in 0..<order {
        for column in 0..<order {
          #expect(column <= row || factor[row * order + column] == 0)
          sums[row * order + column] += (0..<order).reduce(0) {
            $0 + factor[row * order + $1] * factor[column * order + $1]
          }
        }
      }
    }
    // Of W(I, n): mean n I, variance 2n on the diagonal and n beside it.
    for row in 0..<order {
      for column in 0..<order {
        let mean = sums[row * order + column] / Double(count)
        let variance = row == column ? 2 * degrees : degrees
        #expect(abs(mean - (row == column ? degrees : 0)) < 5 * (variance / Double(count)).squareRoot())
      }
    }
  }
}
