import RecAlgebra

/// Some of many things, chosen without replacement by the seed alone.
package enum RandomChoice {
  private static let purpose = CounterRandom.Purpose("tune random search")

  /// The places of `chosen` of `count` things, ascending; all of them where there are not so many.
  package static func places(_ chosen: Int, of count: Int, seed: UInt64) -> [Int] {
    var places = Array(0..<count)
    let drawn = min(chosen, count)
    for place in 0..<drawn {
      let bits = CounterRandom.random(seed: seed, purpose: purpose, UInt64(place))
      places.swapAt(place, place + Int(bits.multipliedFullWidth(by: UInt64(count - place)).high))
    }
    return places[..<drawn].sorted()
  }
}
