import RecAlgebra
import Testing

@Suite struct ScoreOrderTests {
  @Test(arguments: [0, 1, 2, 15, 16, 17, 1000, 5000])
  func `orders as a comparison sort does`(count: Int) {
    let purpose = CounterRandom.Purpose("score order")
    let scores = (0..<count).map { item -> Float in
      let bits = CounterRandom.four(seed: 5, purpose: purpose, UInt64(item))
      // Few enough values that many are equal, of both signs, over many magnitudes, with what is not finite among them.
      switch bits.x % 20 {
      case 0: return -.infinity
      case 1: return .nan
      case 2: return bits.y % 2 == 0 ? 0 : -0
      default: return Float(Int(bits.y % 201) - 100) * Float(sign: .plus, exponent: Int(bits.z % 9) - 4, significand: 1)
      }
    }
    let included = scores.indices.map { $0 % 7 != 3 }
    let expected = scores.indices.filter { included[$0] && scores[$0].isFinite }
      .sorted { (scores[$0], $0) < (scores[$1], $1) }
    let order = ScoreOrder(scores, including: included)
    #expect(order.items == expected.map { Int32($0) })
    #expect(order.scores == expected.map { scores[$0] })
  }

  @Test func `finds the places of equal scores`() {
    let order = ScoreOrder([2, 1, 2, 3, 2], including: [true, true, true, true, false])
    let (equal, above) = order.places(of: 2)
    #expect(equal == 1..<3 && above == 1)
    #expect(order.places(of: 9).equal == 4..<4 && order.places(of: 9).above == 0)
  }
}
