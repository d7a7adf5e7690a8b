package import RecAlgebra
package import RecKernels

/// What a value of an interaction means.
package enum Feedback: Sendable, Equatable {
  /// Opinions on a scale.
  case ratings(RatingScale)
  /// Things that happened (views, purchases): every one counts as relevant, and there is no rating to predict.
  case events
}

/// The scale of a file's ratings, in its own units.
package struct RatingScale: Sendable, Equatable, Codable {
  package let lowest: Float
  package let highest: Float
  /// Ratings from here on count as relevant: three quarters of the scale, rounded up to a value that occurs.
  package let relevant: Float

  package init(lowest: Float, highest: Float, relevant: Float) {
    self.lowest = lowest
    self.highest = highest
    self.relevant = relevant
  }

  /// - Parameter occurring: the distinct values of the whole file, in any order; not empty, finite.
  package init(occurring: some Collection<Float>) {
    let lowest = occurring.min() ?? 0
    let highest = occurring.max() ?? 0
    let mark = lowest + 0.75 * (highest - lowest)
    self.init(lowest: lowest, highest: highest, relevant: occurring.filter { $0 >= mark }.min() ?? highest)
  }
}

/// Which part of a split a dataset is.
package enum DatasetRole: String, Sendable, Codable {
  case whole, train, valid, test
}

/// Ratings or events with their users, items and what is known of them; cannot be changed.
package struct Dataset: Sendable, Equatable {
  /// The name of the file or folder it came from, such as "ml-latest-small".
  package var name: String
  package var entities: Entities
  /// Users × items; a row for each user index, a column for each item index.
  package var interactions: SparseRows
  /// Seconds since 1970 (UTC) of each entry of `interactions`; empty where the source has no times.
  package var times: [Int64]
  package var feedback: Feedback
  package var role: DatasetRole
  /// What models that are trained on it do to its ratings first; empty for nothing.
  package var preparation = Preparation()
  /// Seconds since 1970 at which the newest side of a split by time begins, on each of its sides; nil for all other data.
  package var cutoff: Int64?
  /// How many rows of its files were further ratings of a user and item that had one; nil where that is not known.
  package var duplicateCount: Int?

  package init(
    name: String, entities: Entities, interactions: SparseRows, times: [Int64] = [], feedback: Feedback,
    role: DatasetRole = .whole
  ) {
    precondition(interactions.rowCount == entities.users.count, "a row for each user")
    precondition(interactions.columnCount == entities.items.count, "a column for each item")
    precondition(times.isEmpty || times.count == interactions.entryCount, "a time for each entry")
    self.name = name
    self.entities = entities
    self.interactions = interactions
    self.times = times
    self.feedback = feedback
    self.role = role
  }

  package var count: Int { interactions.entryCount }

  /// The part of it that holds the chosen entries, in the same index space.
  package func part(_ role: DatasetRole, keeping isKept: [Bool]) -> Dataset {
    var part = PartBuilder(self, rows: 0..<interactions.rowCount)
    part.append { isKept[$0] }
    return part.dataset(role)
  }

  /// The same in parallel, for work that may be stopped.
  package func part(
    _ role: DatasetRole, execution: Execution, keeping isKept: @Sendable (Int) -> Bool
  ) throws(Cancelled) -> Dataset {
    let size = 256
    let rowCount = interactions.rowCount
    let blocks = execution.workers.map((rowCount + size - 1) / size) { block in
      var part = PartBuilder(self, rows: block * size..<min(rowCount, (block + 1) * size))
      if !execution.cancellation.isCancelled { part.append(isKept) }
      return part
    }
    try execution.checkpoint()
    return PartBuilder(self, joining: blocks).dataset(role)
  }

  /// How many interactions each item has; (items,).
  package var ratingCounts: [Int] {
    var counts = [Int](repeating: 0, count: entities.items.count)
    for item in interactions.columns { counts[Int(item)] += 1 }
    return counts
  }

  /// How many users and items have at least one interaction here.
  package var active: (users: Int, items: Int) {
    var seen = [Bool](repeating: false, count: entities.items.count)
    for column in interactions.columns { seen[Int(column)] = true }
    let users = (0..<interactions.rowCount).count { !interactions.row($0).isEmpty }
    return (users, seen.count { $0 })
  }
}
