import RecAlgebra
package import RecKernels

/// Invented users and items whose tastes are known: what a rating would be of any pair, whether it was given or not.
///
/// Every number is a function of (seed, purpose, user, item), so that the same options give the same world and the same
/// ratings on any number of threads. The shape is that of MovieLens (Harper & Konstan 2015, doi:10.1145/2827872):
/// popularity falls with rank by a Zipf–Mandelbrot law, activity is log-normal with at least about twenty ratings a user,
/// and users rate what they like more often than what they do not.
package struct GeneratedWorld: Sendable {
  package let options: GenerationOptions
  /// How many ratings each user gives; (users,).
  let activity: [Int]
  /// The ratings of user `u` are the places `offsets[u]..<offsets[u + 1]` of all; (users + 1,).
  let offsets: [Int]
  let genres: [ItemGenres]
  /// What each item has of each taste; (items,).
  let factors: [SIMD16<Float>]
  /// How much better than average each item is, in stars; (items,).
  let quality: [Float]
  let popularity: AliasTable

  /// - Throws: `DataError.unsuitableOption` for sizes that cannot be, `Cancelled` when asked to stop.
  package init(_ options: GenerationOptions, execution: Execution) throws {
    try options.check()
    self.options = options
    let tastes = GenreTastes(seed: options.seed)
    let workers = execution.workers
    let seed = options.seed
    activity = Activity.counts(options, workers)
    offsets = activity.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    try execution.checkpoint()
    let items = workers.mapInChunks(options.items) { item in
      let genres = ItemGenres(seed: seed, item: item)
      return (
        genres, tastes.factors(of: genres, seed: seed, item: item),
        Float(0.42 * CounterRandom.normal(seed: seed, purpose: .quality, UInt64(item)))
      )
    }
    genres = items.map(\.0)
    factors = items.map(\.1)
    quality = items.map(\.2)
    try execution.checkpoint()
    popularity = AliasTable(Self.popularity(options, quality))
  }

  /// The share of attention of each item: by a rank that has nothing to do with its number, better items a little more.
  private static func popularity(_ options: GenerationOptions, _ quality: [Float]) -> [Double] {
    let keys = (0..<options.items).map {
      CounterRandom.uniform(seed: options.seed, purpose: .popularity, UInt64($0)) - 0.35 * Double(quality[$0])
    }
    let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    var weights = [Double](repeating: 0, count: keys.count)
    let shift = 2 + 0.06 * Double(keys.count)
    for (rank, item) in order.enumerated() {
      let base = Double(rank) + shift
      weights[item] = 1 / (base * base.squareRoot())
    }
    return weights
  }

  /// What a user really thinks of an item, in stars, before the noise of the day, rounding and the ends of the scale.
  package func preference(user: Int, item: Int) -> Double { preference(UserTaste(self, user), item) }

  func preference(_ taste: UserTaste, _ item: Int) -> Double {
    Double(2.8 + taste.bias + quality[item] + taste.liking(factors[item]))
  }

  /// The rating that a user gives to an item, in whole stars from 1 to 5: the preference with the noise of the day.
  package func rating(user: Int, item: Int) -> Float { rating(UserTaste(self, user), item) }

  func rating(_ taste: UserTaste, _ item: Int) -> Float {
    let bits = CounterRandom.four(
      seed: options.seed, purpose: .noise, UInt64(taste.user), UInt64(item))
    // The sum of four uniform numbers is nearly normal; its standard deviation is √(1/3).
    let sum =
      CounterRandom.unit(bits.x) + CounterRandom.unit(bits.y) + CounterRandom.unit(bits.z) + CounterRandom.unit(bits.w)
    let noise = (sum - 2) * 1.732_050_807_568_877_2 * 0.45
    return Float(min(5, max(1, (preference(taste, item) + noise).rounded())))
  }
}

/// What a user likes and how strictly they judge.
struct UserTaste: Sendable {
  let user: Int
  let factors: SIMD16<Float>
  /// Stars above the average judge.
  let bias: Float

  init(_ world: GeneratedWorld, _ user: Int) {
    let seed = world.options.seed
    self.user = user
    bias = Float(0.45 * CounterRandom.normal(seed: seed, purpose: .strictness, UInt64(user)))
    var factors = SIMD16<Float>.zero
    for taste in 0..<GenreTastes.count {
      factors[taste] = Float(CounterRandom.normal(seed: seed, purpose: .taste, UInt64(user), UInt64(taste)))
    }
    self.factors = factors
  }

  /// How much the user likes what an item has of each taste, in stars.
  @inline(__always)
  func liking(_ item: SIMD16<Float>) -> Float { (factors * item).sum() }
}

extension CounterRandom.Purpose {
  static let activity = Self("generate activity")
  static let popularity = Self("generate popularity")
  static let quality = Self("generate quality")
  static let strictness = Self("generate strictness")
  static let taste = Self("generate taste")
  static let itemTaste = Self("generate item taste")
  static let genreTaste = Self("generate genre taste")
  static let genres = Self("generate genres")
  static let choice = Self("generate choice")
  static let noise = Self("generate noise")
  static let time = Self("generate time")
  static let title = Self("generate title")
  static let words = Self("generate words")
}

extension Workers {
  /// The results of `body` for each index below `count`, in order; a thousand at a time.
  func mapInChunks<T: Sendable>(_ count: Int, _ body: @Sendable (Int) -> T) -> [T] {
    let chunk = 1024
    let parts = map((count + chunk - 1) / chunk) { index in
      (index * chunk..<min(count, (index + 1) * chunk)).map(body)
    }
    return Array(parts.joined())
  }
}
