import RecAlgebra
import RecKernels

/// How many ratings each user gives: log-normal, with a minimum and a maximum, exactly as many in all as were asked for.
enum Activity {
  /// (users,); the sum is `options.ratings`.
  static func counts(_ options: GenerationOptions, _ workers: Workers) -> [Int] {
    let mean = Double(options.ratings) / Double(options.users)
    // Nobody has rated more than about half of all items, and twenty is where MovieLens starts to count a user.
    let most = max(Int(mean.rounded(.up)), options.items * 9 / 20)
    let least = min(20, Int(mean * 0.4), most)
    let weights = workers.mapInChunks(options.users) { user in
      RealFunctions.exp(1.15 * CounterRandom.normal(seed: options.seed, purpose: .activity, UInt64(user)))
    }
    var counts = [Int](repeating: least, count: options.users)
    var rest = options.ratings - least * options.users
    // What users at the maximum cannot take is shared out among the others, until less than one each is left.
    while rest > 0 {
      let open = counts.indices.filter { counts[$0] < most }
      let total = open.reduce(0) { $0 + weights[$1] }
      var given = 0
      for user in open {
        let share = min(most - counts[user], Int(Double(rest) * weights[user] / total))
        counts[user] += share
        given += share
      }
      rest -= given
      if given == 0 || rest < open.count {
        for user in open where rest > 0 && counts[user] < most {
          counts[user] += 1
          rest -= 1
        }
      }
    }
    return counts
  }
}

/// Draws an index with a probability in proportion to its weight, in constant time.
///
/// A. J. Walker, "An efficient method for generating discrete random variables", 1977, doi:10.1145/355744.355749.
struct AliasTable: Sendable {
  let weights: [Double]
  /// The chance, of 2³², that a column keeps its own index.
  private let keeps: [UInt32]
  private let aliases: [Int32]

  /// At least one weight, all positive.
  init(_ weights: [Double]) {
    let count = weights.count
    let scale = Double(count) / weights.reduce(0, +)
    var left = weights.map { $0 * scale }
    var keeps = [UInt32](repeating: .max, count: count)
    var aliases = (0..<count).map(Int32.init)
    var small = left.indices.filter { left[$0] < 1 }
    var large = left.indices.filter { left[$0] >= 1 }
    while let low = small.popLast(), let high = large.last {
      keeps[low] = UInt32(min(4_294_967_295, left[low] * 4_294_967_296))
      aliases[low] = Int32(high)
      left[high] -= 1 - left[low]
      if left[high] < 1 {
        large.removeLast()
        small.append(high)
      }
    }
    self.weights = weights
    self.keeps = keeps
    self.aliases = aliases
  }

  /// The index that 64 random bits choose.
  @inline(__always)
  func draw(_ bits: UInt64) -> Int {
    let column = Int(((bits >> 32) * UInt64(keeps.count)) >> 32)
    return UInt32(truncatingIfNeeded: bits) < keeps[column] ? column : Int(aliases[column])
  }
}
