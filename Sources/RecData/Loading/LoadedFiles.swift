import RecAlgebra
import RecKernels

/// The files as they were read, before their ids are brought together.
struct LoadedFiles: Sendable {
  private let sources: LoadSources
  private let options: LoadOptions
  private let execution: Execution
  private var ratings: RatingFile?
  private let items: EntityFile<Item>?
  /// Tags beside a table of items.
  private let tags: EntityFile<Item>?
  private let users: EntityFile<User>?

  init(_ sources: LoadSources, options: LoadOptions, execution: Execution) throws {
    self.sources = sources
    self.options = options
    self.execution = execution
    if let files = sources.files[.ratings] {
      var parts: [RatingFile] = []
      for file in files { parts.append(try RatingFile(file, options: options, execution: execution)) }
      ratings =
        parts.count == 1 ? parts[0] : try RatingFile(joining: parts, paths: files.map(\.source.path))
    }
    let tags = try sources.files[.tags].map { files in
      try EntityFile<Item>(tags: files, options: options, execution: execution)
    }
    let described: EntityFile<Item>? = try Self.table(
      sources.files[.items], "item", options.id ?? options.item, ColumnNames.item, options, execution)
    items = described ?? tags
    self.tags = described == nil ? nil : tags
    users = try Self.table(
      sources.files[.users], "user", options.id ?? options.user, ColumnNames.user, options, execution)
  }

  private static func table<Kind: EntityKind>(
    _ files: [OpenedFile]?, _ option: String, _ asked: String?, _ names: [String], _ options: LoadOptions,
    _ execution: Execution
  ) throws -> EntityFile<Kind>? {
    guard let files, let file = files.first else { return nil }
    let shape = file.shape
    let usual = shape.hasUsualNames ? ColumnNames.place(names + ["id"], in: shape.columns) : 0
    guard let place = try shape.place(option, asked, path: file.source.path) ?? usual else {
      throw DataError.noColumn(path: file.source.path, option: option, columns: shape.columns)
    }
    return try EntityFile<Kind>(files, idColumn: place, options: options, execution: execution)
  }

  /// Brings ids together and sorts the ratings into rows.
  consuming func joined() throws -> Loaded {
    var report = LoadReport(format: sources.format)
    report.files = TableKind.allCases.flatMap { (sources.files[$0] ?? []).map(\.source.path) }
    report.duplicateItemCount = items?.duplicateCount ?? 0
    report.duplicateUserCount = users?.duplicateCount ?? 0
    report.describedItemCount = items?.table.ids.count ?? 0
    report.describedUserCount = users?.table.ids.count ?? 0
    report.skippedCount = (items?.skippedCount ?? 0) + (users?.skippedCount ?? 0)
    report.skipped = (items?.skippedLines ?? []) + (users?.skippedLines ?? [])
    guard let file = ratings else {
      return Loaded(items: items?.table, users: users?.table, report: report)
    }
    report.skippedCount += file.skippedCount
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
    let sessions = ratings?.sessions
    report.timeForm = ratings?.timeForm
    ratings = nil
    let workers = execution.workers
    let userIDs = RankedIDs<User>(rows.users, workers: workers)
    let itemIDs = RankedIDs<Item>(rows.items, workers: workers)
    var base = options.like?.entities ?? Entities(users: Vocabulary([]), items: Vocabulary([]))
    if let users { base = base.joining(users: users.table).entities }
    if let items { base = base.joining(items: items.table).entities }
    if let tags { base = base.joining(items: tags.table).entities }
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
    var events = EventRows(
      users: rows.users.take(), items: rows.items.take(), values: rows.takeRatings(), times: rows.takeTimes())
    report.combine = options.combine ?? (hasRatings ? .last : .sum)
    if !hasRatings { try weigh(&events, sessions, itemCount: items.count, &report) } else { try refuseForRatings() }
    var assembled = RowAssembly.assemble(
      rows: events.takeUsers(), columns: events.takeItems(), values: events.takeValues(), times: events.takeTimes(),
      rowCount: users.count, duplicates: report.combine.duplicates, workers: workers)
    report.duplicateCount = assembled.duplicateCount
    if !hasRatings {
      report.returnedCount = assembled.dropReturned()
      if assembled.columns.isEmpty {
        throw DataError.unsuitableOption(option: "combine", reason: "leaves nothing: all came to zero or less")
      }
    }
    report.lookalikes = [Lookalikes(in: users), Lookalikes(in: items)].compactMap { $0 }
    var dataset = Dataset(
      name: sources.name, entities: entities, interactions: SparseRows(assembled, columnCount: items.count),
      times: assembled.times, feedback: scale.map { .ratings($0) } ?? .events)
    dataset.duplicateCount = assembled.duplicateCount
    (report.userCount, report.itemCount) = dataset.active
    return dataset
  }

  /// What happens to events before they are brought together: counted, decayed, one of each item in a session.
  private func weigh(
    _ events: inout EventRows, _ sessionIDs: ScannedIDs?, itemCount: Int, _ report: inout LoadReport
  ) throws {
    let workers = execution.workers
    if options.combine == .count { events.values = [] }
    let needsTimes = options.halflife.map { _ in "halflife" } ?? (options.session?.isGap == true ? "session" : nil)
    if let option = needsTimes, events.times.isEmpty {
      throw DataError.unsuitableOption(option: option, reason: "needs times, and there is no column of them")
    }
    if let halflife = options.halflife { report.newest = events.decay(halflife: halflife, workers) }
    let sessions: (codes: [Int32], count: Int)
    switch options.session {
    case nil: return
    case .gap(let gap): sessions = events.sessions(gap: gap)
    case .column:
      guard var ids = sessionIDs else {
        // Sessions are the users.
        sessions = (events.users, 1 + Int(CodeColumns.highest(events.users, workers)))
        break
      }
      RankedIDs<EventSession>(ids, workers: workers).translate(&ids.codes, into: nil, workers)
      sessions = events.sessions(ids: ids.codes)
    }
    report.sessionCount =
      sessionIDs == nil && options.session?.isGap == false ? Set(events.users).count : sessions.count
    report.repeatedCount = events.keepOne(in: sessions.codes, count: sessions.count, itemCount: itemCount, workers)
    try execution.checkpoint()
  }

  private func refuseForRatings() throws(DataError) {
    let option = options.halflife != nil ? "halflife" : options.session != nil ? "session" : nil
    guard let option else { return }
    throw .unsuitableOption(
      option: option, reason: "is for events, and these are ratings: combine=sum takes the column for weights")
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

extension CombineRule {
  fileprivate var duplicates: DuplicateRule {
    switch self {
    case .sum, .count: .sum
    case .max: .largest
    case .last: .latest
    }
  }
}

extension SessionRule {
  fileprivate var isGap: Bool {
    if case .gap = self { true } else { false }
  }
}

extension EventRows {
  // Each moves a column out, so that nothing holds on to its memory.
  fileprivate mutating func takeUsers() -> [Int32] { Self.take(&users) }
  fileprivate mutating func takeItems() -> [Int32] { Self.take(&items) }
  fileprivate mutating func takeValues() -> [Float] { Self.take(&values) }
  fileprivate mutating func takeTimes() -> [Int64] { Self.take(&times) }

  private static func take<Number>(_ column: inout [Number]) -> [Number] {
    var taken: [Number] = []
    swap(&taken, &column)
    return taken
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
