internal import RecAlgebra
package import RecData
internal import RecKernels

extension BPMF {
  /// The chain, and the states of it that the model is made of.
  private struct Chain: Sendable {
    var sampler: GibbsSampler
    var posterior: [PosteriorSample] = []
    var itemMeans: [[Float]] = []

    mutating func keep(usesSeen: Bool) {
      posterior.append(PosteriorSample(sampler, usesSeen: usesSeen))
      itemMeans.append(sampler.items.means)
    }
  }

  /// Runs the chain and keeps states of it, evenly spread over the epochs after the burn-in.
  package static func trained(
    on dataset: Dataset, _ configuration: Configuration, _ training: Training
  ) throws -> TrainedRecommender {
    if dataset.count == 0 { throw TrainingError.noInteractions }
    let loop = EpochLoop(
      label: "bpmf", epochCount: configuration.epochs, lossName: "rmse", stopsEarly: false, training)
    let burnIn = configuration.burnIn ?? loop.epochCount / 4
    guard burnIn < loop.epochCount else {
      throw TrainingError.unsuitable(
        option: "burnin", reason: "some of the \(loop.epochCount) epochs must count: less than \(loop.epochCount)")
    }
    let (userFeatures, itemFeatures) = try features(dataset.entities, configuration.fields)
    let workers = training.execution.workers
    let (data, mean) = standardized(dataset, seed: configuration.seed ?? training.seed, workers)
    let usesSeen = configuration.usesImplicit && data.absent == nil
    var userGroups = userFeatures.groups.map { $0.matrix.transposed(workers) }
    var itemGroups = itemFeatures.groups.map { $0.matrix.transposed(workers) }
    if usesSeen {
      userGroups.append(data.transposed.sharesOfColumns())
      itemGroups.append(data.ratings.sharesOfColumns())
    }
    let chain = Chain(
      sampler: GibbsSampler(data, rank: configuration.factors, userGroups: userGroups, itemGroups: itemGroups))
    let counted = loop.epochCount - burnIn
    let samples = min(configuration.samples, counted)
    var (state, curve) = try loop.run(from: chain, recommender: { _ in preconditionFailure("it does not stop early") })
    {
      chain, epoch in
      let loss = try chain.sampler.advance(
        data, epoch: epoch, averages: epoch >= burnIn, training.execution,
        report: { loop.report(epoch: epoch, share: $0) })
      let place = epoch - burnIn
      if place >= 0, (place + 1) * samples / counted > place * samples / counted { chain.keep(usesSeen: usesSeen) }
      return loss
    }
    // Interrupted before the first: the state is one of the chain's, if an early one.
    if state.posterior.isEmpty { state.keep(usesSeen: usesSeen) }
    let model = BPMF(
      dataset, posterior: state.posterior, itemMeans: state.itemMeans, mean: mean, deviation: data.deviation,
      userFeatures: userFeatures, itemFeatures: itemFeatures)
    return TrainedRecommender(model, curve: curve)
  }

  /// The labels of both sides by the fields asked for, each of which one of them must have.
  private static func features(
    _ entities: Entities, _ fields: [String]?
  ) throws -> (users: SideFeatures, items: SideFeatures) {
    let (ofUsers, ofItems) = (SideFeatures.known(entities.userFields), SideFeatures.known(entities.itemFields))
    if let unknown = fields?.first(where: { !ofUsers.contains($0) && !ofItems.contains($0) }) {
      throw TrainingError.noField(unknown, known: ofItems + ofUsers)
    }
    return (
      SideFeatures(entities.userFields, fields: fields, rowCount: entities.users.count),
      SideFeatures(entities.itemFields, fields: fields, rowCount: entities.items.count)
    )
  }

  /// The ratings with mean 0 and deviation 1, and the mean; of events the values are of all cells, absent ones 0.
  private static func standardized(
    _ dataset: Dataset, seed: UInt64, _ workers: Workers
  ) -> (data: GibbsSampler.Data, mean: Double) {
    let ratings = dataset.interactions
    let isEvents = dataset.feedback == .events
    let count =
      isEvents ? Double(ratings.rowCount) * Double(ratings.columnCount) : Double(ratings.entryCount)
    let mean = ratings.values.reduce(0) { $0 + Double($1) } / count
    var squares = ratings.values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    if isEvents { squares += (count - Double(ratings.entryCount)) * mean * mean }
    let variance = squares / count
    // Ratings that are all equal but for rounding have no deviation to measure by.
    let deviation = variance > 1e-12 * mean * mean && variance > 0 ? variance.squareRoot() : 1
    let values = ratings.values.map { Float((Double($0) - (isEvents ? 0 : mean)) / deviation) }
    let standardized = ratings.replacingValues(values)
    let data = GibbsSampler.Data(
      ratings: standardized, transposed: standardized.transposed(workers), absent: isEvents ? -mean / deviation : nil,
      deviation: deviation, seed: seed)
    return (data, mean)
  }
}

extension SparseRows {
  /// The pattern of entries, each 1/√n where its column has n: as rows of features, what SVD++ gives to what somebody rated.
  fileprivate func sharesOfColumns() -> SparseRows {
    var counts = [Float](repeating: 0, count: columnCount)
    for column in columns { counts[Int(column)] += 1 }
    return replacingValues(columns.map { 1 / counts[Int($0)].squareRoot() })
  }
}
