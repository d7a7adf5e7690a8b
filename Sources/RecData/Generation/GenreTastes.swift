import RecAlgebra

/// How genres stand in the space of tastes: each is a direction, and an item is a mixture of its genres and its own.
struct GenreTastes: Sendable {
  /// The number of tastes; the other lanes of a vector are zero.
  static let count = 12
  /// The direction of each genre, of length 1.
  let directions: [SIMD16<Float>]

  init(seed: UInt64) {
    directions = Genre.all.indices.map { genre in
      Self.unit { CounterRandom.normal(seed: seed, purpose: .genreTaste, UInt64(genre), UInt64($0)) }
    }
  }

  /// What an item has of each taste: 0.95 from its genres, 0.4 its own, so that a user's liking has a standard
  /// deviation of about one star.
  func factors(of genres: ItemGenres, seed: UInt64, item: Int) -> SIMD16<Float> {
    var sum = SIMD16<Float>.zero
    for genre in genres.all { sum += directions[genre] }
    let length = (sum * sum).sum().squareRoot()
    let own = Self.unit { CounterRandom.normal(seed: seed, purpose: .itemTaste, UInt64(item), UInt64($0)) }
    return (sum * (length > 0 ? 0.95 / length : 0) + own * 0.4)
  }

  private static func unit(_ draw: (Int) -> Double) -> SIMD16<Float> {
    var vector = SIMD16<Float>.zero
    for taste in 0..<count { vector[taste] = Float(draw(taste)) }
    return vector / (vector * vector).sum().squareRoot()
  }
}

/// One to three genres of an item, the main one first.
struct ItemGenres: Sendable, Equatable {
  let all: [Int]

  init(seed: UInt64, item: Int) {
    let bits = CounterRandom.four(seed: seed, purpose: .genres, UInt64(item))
    let main = Genre.drawn(CounterRandom.unit(bits.x))
    var all = [main]
    let size = CounterRandom.unit(bits.w)
    // A second and a third genre are drawn alike; one that is there already is not added again.
    if size < 0.72 { all.append(Genre.drawn(CounterRandom.unit(bits.y))) }
    if size < 0.27 { all.append(Genre.drawn(CounterRandom.unit(bits.z))) }
    self.all = all.enumerated().filter { !all[..<$0].contains($1) }.map(\.element)
  }
}
