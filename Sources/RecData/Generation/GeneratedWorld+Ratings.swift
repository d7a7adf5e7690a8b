import RecAlgebra
import RecKernels

/// The ratings of one user, items ascending.
package struct GeneratedRatings: Sendable, Equatable {
  package var items: [Int32] = []
  package var ratings: [Float] = []
  /// Seconds since 1970.
  package var times: [Int64] = []
}

/// What is needed to draw the items of one user after another.
struct ItemChoice {
  /// A bit for each item, all zero between users.
  private var chosen: [UInt64]
  private var items: [Int32] = []

  init(itemCount: Int) { chosen = [UInt64](repeating: 0, count: (itemCount + 63) / 64) }

  /// Different items of a user, ascending: popular ones and those to the user's taste more often.
  mutating func items(of taste: UserTaste, count: Int, in world: GeneratedWorld) -> [Int32] {
    items.removeAll(keepingCapacity: true)
    // Who rates a large part of everything would draw the same items again and again.
    if count <= world.options.items / 10 { draw(taste, count, world) }
    if items.count < count { rank(taste, count, world) }
    for item in items { chosen[Int(item) >> 6] = 0 }
    items.sort()
    return items
  }

  /// Draws by popularity, accepts by taste, rejects what is there already.
  private mutating func draw(_ taste: UserTaste, _ count: Int, _ world: GeneratedWorld) {
    for round in 0..<8 * count {
      let bits = CounterRandom.four(
        seed: world.options.seed, purpose: .choice, UInt64(taste.user), UInt64(round))
      if take(bits.x, bits.y, taste, world), items.count == count { return }
      if take(bits.z, bits.w, taste, world), items.count == count { return }
    }
  }

  /// Draws an item; whether it is new and the user took it.
  @inline(__always)
  private mutating func take(_ place: UInt64, _ coin: UInt64, _ taste: UserTaste, _ world: GeneratedWorld) -> Bool {
    let item = world.popularity.draw(place)
    let bit = UInt64(1) << UInt64(item & 63)
    guard chosen[item >> 6] & bit == 0, CounterRandom.unit(coin) < Self.appeal(taste.liking(world.factors[item]))
    else { return false }
    chosen[item >> 6] |= bit
    items.append(Int32(item))
    return true
  }

  /// The items of largest weight^(1/u) with uniform u: a weighted draw without replacement over all items at once
  /// (Efraimidis & Spirakis 2006, doi:10.1016/j.ipl.2005.11.003); what was drawn before stays.
  private mutating func rank(_ taste: UserTaste, _ count: Int, _ world: GeneratedWorld) {
    var keys: [(key: Double, item: Int32)] = []
    keys.reserveCapacity(world.options.items)
    for item in 0..<world.options.items where chosen[item >> 6] & (1 << UInt64(item & 63)) == 0 {
      let uniform = CounterRandom.uniform(
        seed: world.options.seed, purpose: .choice, UInt64(taste.user), UInt64(item), 1)
      let weight = world.popularity.weights[item] * Self.appeal(taste.liking(world.factors[item]))
      keys.append((-RealFunctions.log(1 - uniform) / weight, Int32(item)))
    }
    keys.sort { ($0.key, $0.item) < ($1.key, $1.item) }
    items += keys.prefix(count - items.count).map(\.item)
  }

  /// The chance that a user takes up an item that comes along, from nearly 0 to 1, by how much it is to their taste.
  @inline(__always)
  private static func appeal(_ liking: Float) -> Double {
    let x = 4 * Double(liking)
    let share = 0.51 + 0.49 * x / (1 + x.magnitude)
    return share * share.squareRoot()
  }
}

extension GeneratedWorld {
  /// All ratings of a user.
  package func ratings(of user: Int) -> GeneratedRatings {
    var choice = ItemChoice(itemCount: options.items)
    return ratings(of: user, &choice)
  }

  func ratings(of user: Int, _ choice: inout ItemChoice) -> GeneratedRatings {
    let taste = UserTaste(self, user)
    let items = choice.items(of: taste, count: activity[user], in: self)
    let calendar = Sittings(seed: options.seed, user: user, count: items.count)
    return GeneratedRatings(
      items: items, ratings: items.map { rating(taste, Int($0)) }, times: items.map { calendar.time(of: Int($0)) })
  }

  /// Ranges of users with about as many ratings each: the chunks of parallel work.
  var chunks: [Range<Int>] {
    var chunks: [Range<Int>] = []
    var first = 0
    for user in 0..<options.users where offsets[user + 1] - offsets[first] >= 1 << 14 || user == options.users - 1 {
      chunks.append(first..<user + 1)
      first = user + 1
    }
    return chunks
  }
}

/// When a user rates: in sittings of about twenty-five ratings, days to weeks apart.
struct Sittings: Sendable {
  private let seed: UInt64
  private let user: Int
  private let start: Int64
  private let gap: Int64
  private let count: UInt64

  /// 2015-01-01 to 2024-01-01; the last sitting ends before 2025.
  private static let opening: Int64 = 1_420_070_400
  private static let span: Int64 = 9 * 365 * 86_400

  init(seed: UInt64, user: Int, count ratings: Int) {
    let bits = CounterRandom.four(seed: seed, purpose: .time, UInt64(user), .max)
    self.seed = seed
    self.user = user
    count = UInt64(ratings / 25 + 1)
    start = Self.opening + Int64(bits.x % UInt64(Self.span))
    gap = min(Int64(1 + bits.y % 40), 360 / Int64(count) + 1)
  }

  /// Seconds since 1970.
  func time(of item: Int) -> Int64 {
    let bits = CounterRandom.four(seed: seed, purpose: .time, UInt64(user), UInt64(item))
    let sitting = Int64(bits.x % count)
    return start + sitting * gap * 86_400 + Int64(bits.y % 5_400)
  }
}
