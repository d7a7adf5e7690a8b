internal import RecAlgebra
package import RecData
internal import RecKernels

/// Weights of a blend, learned from rows that its parts were not trained on; not negative, and they sum to 1.
///
/// Where the blend predicts ratings, ridge least squares of the held ratings on the parts' predictions (L. Breiman,
/// "Stacked regressions", 1996, doi:10.1007/BF00117832, who shows that weights should not be negative; summing to 1 keeps
/// the units). Else logistic regression on pairs: a relevant held item against items that the user left alone, as in
/// Rendle et al., "BPR", UAI 2009. The ridge is small: it decides only between parts that say the same.
///
/// - Parameters:
///   - parts: trained, two or more; a user's history is what the first was trained on.
///   - held: rows of users and items of the parts, such as `valid`.
package func learnBlendWeights(
  parts: [Model], method: Blend.Method = .score, on held: Dataset, training: Training
) throws -> [Double] {
  let options = OptionValues([("method", .word(method.rawValue))])
  let model = try blendModel(named: "blend", parts: parts.map { ($0, 1) }, options: options, seed: training.seed)
  guard let blend = model.recommender as? Blend else { preconditionFailure("a blend has a blend's recommender") }
  let rows = HeldRows(held, for: model)
  if rows.users.isEmpty { throw BlendError.nothingToLearnFrom }
  if blend.predictsRatings { return try ratingWeights(blend, rows, training.execution) }
  return try rankingWeights(blend, rows, training)
}

/// The same where there are no held rows: a tenth of the first part's training data is held out, and the parts are trained
/// again on the rest for this.
package func learnBlendWeightsByHoldingOut(
  parts: [Model], method: Blend.Method = .score, training: Training
) throws -> [Double] {
  guard let data = parts.first?.training else { throw BlendError.tooFewModels(count: 0) }
  let purpose = CounterRandom.Purpose("blend holdout")
  var isHeld = [Bool](repeating: false, count: data.count)
  for user in 0..<data.interactions.rowCount {
    for entry in data.interactions.row(user) {
      let item = UInt64(data.interactions.columns[entry])
      isHeld[entry] = CounterRandom.uniform(seed: training.seed, purpose: purpose, UInt64(user), item) < 0.1
    }
  }
  if !isHeld.contains(true) || !isHeld.contains(false) { throw BlendError.nothingToLearnFrom }
  let rest = data.part(.train, keeping: isHeld.map { !$0 })
  let again = try parts.map { try refit($0, on: rest, execution: training.execution, resolve: training.resolve).model }
  return try learnBlendWeights(
    parts: again, method: method, on: data.part(.valid, keeping: isHeld), training: training)
}

/// The held rows by user, in the blend's items.
private struct HeldRows {
  let users: [(history: History, items: [Int32], values: [Float])]
  /// What counts as relevant; nil for events, of which all do.
  let relevant: Float?

  init(_ held: Dataset, for model: Model) {
    let items = model.entities.items.translation(from: held.entities.items)
    users = (0..<held.interactions.rowCount).compactMap { row in
      let entries = held.interactions.row(row).map { entry in
        let item = held.interactions.columns[entry]
        return (item: items?[Int(item)] ?? item, value: held.interactions.values[entry])
      }.filter { $0.item >= 0 }
      if entries.isEmpty { return nil }
      let history = model.history(of: held.entities.users[UserIndex(row)])
      return (history, entries.map(\.item), entries.map(\.value))
    }
    if case .ratings(let scale) = held.feedback { relevant = scale.relevant } else { relevant = nil }
  }
}

private func ratingWeights(_ blend: Blend, _ rows: HeldRows, _ execution: Execution) throws -> [Double] {
  let count = blend.parts.count
  let users = rows.users
  // E, the mean products of the parts' errors, summed by user in their order.
  let sums = execution.workers.reduce(
    users.count, chunk: 64, into: [Double](repeating: 0, count: count * count),
    { (sums: inout [Double], chunk: [Double]) in for place in sums.indices { sums[place] += chunk[place] } }
  ) { chunk in
    var sums = [Double](repeating: 0, count: count * count)
    for user in chunk where !execution.cancellation.isCancelled {
      let predictions = blend.parts.map { $0.predictions(users[user].history, items: users[user].items) }
      for (place, rating) in users[user].values.enumerated() {
        let errors = predictions.map { $0[place].isNaN ? 0 : Double($0[place] - rating) }
        for i in 0..<count { for j in 0..<count { sums[i * count + j] += errors[i] * errors[j] } }
      }
    }
    return sums
  }
  try execution.checkpoint()
  let diagonal = (0..<count).reduce(0) { $0 + sums[$1 * count + $1] } / Double(count)
  return SimplexWeights.minimizing(sums, count: count, ridge: 1e-4 * diagonal)
}

private func rankingWeights(_ blend: Blend, _ rows: HeldRows, _ training: Training) throws -> [Double] {
  let relevant = rows.relevant ?? -.infinity
  let able = rows.users.filter { user in user.values.contains { $0 >= relevant } }
  if able.isEmpty { throw BlendError.nothingToLearnFrom }
  let users = evenly(able, atMost: userLimit)
  let execution = training.execution
  let differences = execution.workers.map(users.count) { place -> [Double] in
    if execution.cancellation.isCancelled { return [] }
    let (history, items, values) = users[place]
    let scores = blend.comparableScores(history)
    var isOpen = history.leavingOpen(blend.itemCount)
    for item in items { isOpen[Int(item)] = false }
    let liked = zip(items, values).filter { $1 >= relevant }.map(\.0)
    var differences: [Double] = []
    for item in evenly(liked, atMost: itemLimit) {
      for draw in 0..<drawsPerItem {
        let bits = CounterRandom.random(
          seed: training.seed, purpose: pairPurpose, UInt64(place), UInt64(item), UInt64(draw))
        let other = Int(bits % UInt64(blend.itemCount))
        if isOpen[other] {
          for part in scores.indices { differences.append(scores[part][Int(item)] - scores[part][other]) }
        }
      }
    }
    return differences
  }
  try execution.checkpoint()
  return try SimplexWeights.separating(
    Array(differences.joined()), count: blend.parts.count, ridge: 1e-3, execution: execution)
}

/// Elements at equal distances, all of them where they are few: a handful of weights is settled by some thousand pairs, and
/// more would only take time.
private func evenly<Element>(_ elements: [Element], atMost limit: Int) -> [Element] {
  stride(from: 0, to: elements.count, by: max(1, (elements.count + limit - 1) / limit)).map { elements[$0] }
}

private let userLimit = 2000
/// Relevant items of one user.
private let itemLimit = 10
/// Items drawn against each relevant one; those that the user has met are passed over.
private let drawsPerItem = 5
private let pairPurpose = CounterRandom.Purpose("blend pairs")
