import RecAlgebra
import RecData
import RecKernels
import RecModels

/// Ratings to train on and ratings held out, and how well a model ranks these.
struct Ranked {
  let train: Dataset
  /// The relevant held-out items of each user.
  let relevant: [Set<Int>]

  /// MovieLens' small data set, a fifth held out as `Reference/bpr.py` does; ratings from 4 on are relevant.
  static func movieLens() throws -> Ranked {
    let ratings = try ReferenceFile.movieLensRatings().map {
      (user: UInt64($0[0]) ?? 0, item: UInt64($0[1]) ?? 0, value: Float($0[2]) ?? 0)
    }
    let users = Dictionary(uniqueKeysWithValues: zip(Set(ratings.map(\.user)).sorted(), 0...))
    let items = Dictionary(uniqueKeysWithValues: zip(Set(ratings.map(\.item)).sorted(), 0...))
    return Ranked(
      ratings.map { rating in
        var hash = rating.user &* 0x9E37_79B9_7F4A_7C15 &+ rating.item &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 30) &* 0x94D0_49BB_1331_11EB
        return (Entry(users[rating.user] ?? 0, items[rating.item] ?? 0, rating.value), (hash >> 40) % 5 == 0)
      }, users: users.count, items: items.count, scale: 0.5...5, from: 4)
  }

  /// Users and items of four tastes, items that are more and less popular; a quarter is held out.
  static func tastes(users: Int, items: Int) -> Ranked {
    let purpose = CounterRandom.Purpose("test tastes")
    var entries: [(Entry, Bool)] = []
    for user in 0..<users {
      for item in 0..<items {
        let bits = CounterRandom.four(seed: 1, purpose: purpose, UInt64(user), UInt64(item))
        let share = (user % 4 == item % 4 ? 0.4 : 0.04) * (0.3 + 0.7 * Double(item) / Double(items))
        if CounterRandom.unit(bits.x) < share { entries.append((Entry(user, item, 5), bits.y % 4 == 0)) }
      }
    }
    return Ranked(entries, users: users, items: items, scale: 1...5, from: 4)
  }

  private init(_ entries: [(Entry, isHeldOut: Bool)], users: Int, items: Int, scale: ClosedRange<Float>, from: Float) {
    train = Dataset(entries.filter { !$0.isHeldOut }.map(\.0), users: users, items: items, scale: scale)
    var relevant = [Set<Int>](repeating: [], count: users)
    for (entry, isHeldOut) in entries where isHeldOut && entry.value >= from { relevant[entry.user].insert(entry.item) }
    self.relevant = relevant
  }

  /// NDCG@10 of an algorithm's model.
  func ndcg(_ algorithm: String, _ options: [String: OptionValue], seed: UInt64 = 42) throws -> Double {
    let entry = AlgorithmCatalog[algorithm]
    return ndcg(
      try trainModel(
        named: algorithm, on: train, options: entry?.options(with: options), training: .threads(2, seed: seed)
      ).model.recommender)
  }

  /// NDCG@10 over users with a relevant held-out item, among the items that they have not rated in training.
  ///
  /// - Parameter isFolding: Whether the model meets the histories as those of somebody new.
  func ndcg(_ model: some Recommender, isFolding: Bool = false) -> Double {
    let discounts = (2...11).map { 1 / RealFunctions.log2(Double($0)) }
    var (sum, count) = (0.0, 0)
    for (user, wanted) in relevant.enumerated() where !wanted.isEmpty {
      let known = train.history(of: UserIndex(user))
      let history = isFolding ? History(user: nil, items: known.items, values: known.values) : known
      var scores = model.scores(history)
      for item in known.items { scores[Int(item)] = .nan }
      let top = topK(scores: scores.span, k: 10).map { Int($0.index) }
      let gain = zip(top, discounts).reduce(0) { $0 + (wanted.contains($1.0) ? $1.1 : 0) }
      sum += gain / discounts.prefix(wanted.count).reduce(0, +)
      count += 1
    }
    return sum / Double(count)
  }
}
