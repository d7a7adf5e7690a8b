import RecAlgebra
import RecKernels

/// The files as they were read, before their ids are brought together.
struct LoadedFiles: Sendable {
  private let sources: LoadSources
  private let options: LoadOptions
  private let execution: Execution
  private var ratings: RatingFile?
  private let items: EntityFile<Item>?
  private let users: EntityFile<User>?

  init(_ sources: LoadSources, options: LoadOptions, execution: Execution) throws {
    self.sources = sources
    self.options = options
    self.execution = execution
    ratings = try sources.files[.ratings].map {
      try RatingFile($0.source, shape: $0.shape, options: options, execution: execution)
    }
    items = try Self.table(sources.files[.items], "item", options.item, ColumnNames.item, options, execution)
    users = try Self.table(sources.files[.users], "user", options.user, ColumnNames.user, options, execution)
  }

  private static func table<Kind: EntityKind>(
    _ file: LoadSources.File?, _ option: String, _ asked: String?, _ names: [String], _ options: LoadOptions,
    _ execution: Execution
  ) throws -> EntityFile<Kind>? {
    guard let file else { return nil }
    let shape = file.shape
    let usual = shape.hasUsualNames ? ColumnNames.place(names + ["id"], in: shape.columns) : 0
    guard let place = try shape.place(option, asked, path: file.source.path) ?? usual else {
      throw DataError.noColumn(path: file.source.path, option: option, columns: shape.columns)
    }
    return try EntityFile<Kind>(
      file.source, shape: shape, layout: file.layout, idColumn: place, options: options, execution: execution)
  }

  /// Brings ids together and sorts the ratings into rows.
  consuming func joined() throws -> Loaded {
    var report = LoadReport(format: sources.format)
    report.files = TableKind.allCases.compactMap { sources.files[$0]?.source.path }
    report.duplicateItemCount = items?.duplicateCount ?? 0
    report.duplicateUserCount = users?.duplicateCount ?? 0
    report.describedItemCount = items?.table.ids.count ?? 0
    report.describedUserCount = users?.table.ids.count ?? 0
    report.skippedCount = (items?.skippedCount ?? 0) + (users?.skippedCount ?? 0)
    report.skipped = (items?.skippedLines ?? []) + (users?.skippedLines ?? [])
    guard let file = ratings else {
      return Loaded(items: items?.table, users: users?.table, report: report)
    }
    report.skippedCount += file.skipped.count
    report.skipped = Array((file.skippedLines + report.skipped).prefix(SkippedRecords.keptStarts))
    report.columns = file.used
    report.unusedColumns = file.unused
    report.rowCount = file.rows.count
    report.isEvents = !file.hasRatings
    let dataset = try dataset(&report)
    return Loaded(dataset: dataset, report: report)
  }

  private mutating func dataset(_ report: inout LoadReport) throws -> Dataset {
    guard var rows = ratings?.rows else { preconditionFailure("there are ratings") }
    let hasRatings = ratings?.hasRatings ?? false
    ratings = nil
    let workers = execution.workers
    let userIDs = RankedIDs<User>(rows.users, workers: workers)
    let itemIDs = RankedIDs<Item>(rows.items, workers: workers)
    var base = options.like?.entities ?? Entities(users: Vocabulary([]), items: Vocabulary([]))
    if let users { base = base.joining(users: users.table).entities }
    if let items { base = base.joining(items: items.table).entities }
    let (users, _, userPlaces) = base.users.merged(with: userIDs.vocabulary)
    let (items, _, itemPlaces) = base.items.merged(with: itemIDs.vocabulary)
    report.undescribedUserCount = base.userFields.isEmpty ? 0 : users.count - base.users.count
    report.undescribedItemCount = base.itemFields.isEmpty ? 0 : items.count - base.items.count
    if let like = options.like {
      report.newUserCount = users.count - like.entities.users.count
      report.newItemCount = items.count - like.entities.items.count
    }
    let entities = base.extended(users: users, items: items)
    userIDs.translate(&rows.users.codes, into: userPlaces, workers)
    itemIDs.translate(&rows.items.codes, into: itemPlaces, workers)
    try execution.checkpoint()
    let scale = hasRatings ? self.scale(rows.ratings) : nil
    let assembled = RowAssembly.assemble(
      rows: rows.users.take(), columns: rows.items.take(), values: rows.takeRatings(), times: rows.takeTimes(),
      rowCount: users.count, duplicates: hasRatings ? .latest : .sum, workers: workers)
    report.duplicateCount = assembled.duplicateCount
    var dataset = Dataset(
      name: sources.name, entities: entities, interactions: SparseRows(assembled, columnCount: items.count),
      times: assembled.times, feedback: scale.map { .ratings($0) } ?? .events)
    dataset.duplicateCount = assembled.duplicateCount
    (report.userCount, report.itemCount) = dataset.active
    return dataset
  }

  /// The scale that was asked for, that of the dataset to be like, or what occurs.
  private func scale(_ ratings: [Float]) -> RatingScale {
    if let scale = options.scale { return RatingScale(within: scale, of: ratings, execution.workers) }
    if case .ratings(let scale)? = options.like?.feedback { return scale }
    return RatingScale(within: nil, of: ratings, execution.workers)
  }
}

extension RatingScale {
  /// The scale of many ratings, in parallel; the ends are given or the lowest and highest that occur.
  init(within ends: ClosedRange<Float>?, of ratings: [Float], _ workers: Workers) {
    let occurring = CodeColumns.extremes(ratings, from: -.infinity, workers)
    let lowest = ends?.lowerBound ?? occurring.lowest
    let highest = ends?.upperBound ?? occurring.highest
    let relevant = CodeColumns.extremes(ratings, from: lowest + 0.75 * (highest - lowest), workers).lowest
    self.init(lowest: lowest, highest: highest, relevant: relevant.isFinite ? relevant : highest)
  }
}

extension ScannedIDs {
  /// Moves the codes out, so that nothing holds on to their memory.
  fileprivate mutating func take() -> [Int32] {
    var taken: [Int32] = []
    swap(&taken, &codes)
    return taken
  }
}

extension ScannedRows {
  fileprivate mutating func takeRatings() -> [Float] {
    var taken: [Float] = []
    swap(&taken, &ratings)
    return taken
  }

  fileprivate mutating func takeTimes() -> [Int64] {
    var taken: [Int64] = []
    swap(&taken, &times)
    return taken
  }
}
