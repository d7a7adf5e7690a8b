import RecKernels

/// Which column of a file of ratings is what.
struct RatingColumns: Sendable {
  var user: Int
  var item: Int
  var rating: Int?
  /// Whether `rating` counts things, such as the quantity of a purchase, and is no opinion.
  var isQuantity = false
  var session: Int?
  var time: Int?
  var event: Int?

  /// Options go before usual names; without a header the order user, item, rating, time is usual.
  init(_ shape: TableShape, options: LoadOptions, path: String) throws(DataError) {
    let named = (
      user: try shape.place("user", options.user, path: path), item: try shape.place("item", options.item, path: path),
      rating: try shape.place("rating", options.rating, path: path),
      time: try shape.place("time", options.time, path: path),
      event: try shape.place("event", options.event, path: path)
    )
    if case .column(let name)? = options.session { session = try shape.place("session", name, path: path) }
    let taken = Set([named.user, named.item, named.rating, named.time, named.event].compactMap { $0 })
    func usual(_ names: [String], _ place: Int) -> Int? {
      let found =
        shape.hasUsualNames ? ColumnNames.place(names, in: shape.columns) : place < shape.columns.count ? place : nil
      return found.flatMap { taken.contains($0) ? nil : $0 }
    }
    guard let user = named.user ?? usual(ColumnNames.user, 0) ?? session else {
      throw .noColumn(path: path, option: "user", columns: shape.columns)
    }
    guard let item = named.item ?? usual(ColumnNames.item, 1) else {
      throw .noColumn(path: path, option: "item", columns: shape.columns)
    }
    self.user = user
    self.item = item
    event = named.event ?? (shape.hasUsualNames ? ColumnNames.place(ColumnNames.event, in: shape.columns) : nil)
    if shape.hasUsualNames {
      rating = named.rating ?? usual(ColumnNames.rating, 2)
      if rating == nil, options.weights.isEmpty, let quantity = usual(ColumnNames.quantity, 2) {
        rating = quantity
        isQuantity = true
      }
      time = named.time ?? usual(ColumnNames.time, 3)
    } else {
      // A third column of large whole numbers can only be a time.
      let third = shape.rows.compactMap { $0.count > 2 ? $0[2] : nil }
      let isTime = !third.isEmpty && third.allSatisfy { Self.looksLikeTime($0) } && shape.columns.count == 3
      rating = named.rating ?? (isTime ? nil : usual(ColumnNames.rating, 2))
      time = named.time ?? (isTime ? 2 : Self.time(shape, taken: taken))
    }
    // Where nobody is told but sessions, these are the users.
    if session == self.user { session = nil }
    let places = [self.user, self.item, rating, time, session].compactMap { $0 }
    guard Set(places).count == places.count else {
      throw .unsuitableOption(option: "user", reason: "and the others name the same column twice")
    }
    if !options.weights.isEmpty {
      guard event != nil else { throw .noColumn(path: path, option: "event", columns: shape.columns) }
      rating = nil
    } else {
      event = nil
    }
  }

  /// A fourth column that holds times.
  private static func time(_ shape: TableShape, taken: Set<Int>) -> Int? {
    guard shape.columns.count > 3, !taken.contains(3) else { return nil }
    let fields = shape.rows.compactMap { $0.count > 3 ? Array($0[3].utf8) : nil }
    return !fields.isEmpty && fields.contains { TextScan.moment($0.span) != nil } ? 3 : nil
  }

  /// What some rows tell of how times are written.
  func timeForm(_ shape: TableShape) -> TimeForm? {
    guard let time else { return nil }
    return TimeForm(shape.rows.compactMap { $0.count > time ? $0[time] : nil })
  }

  private static func looksLikeTime(_ text: String) -> Bool {
    TextScan.moment(Array(text.utf8).span).map { $0 >= 100_000_000 } ?? false
  }

  /// A role for each column; the scan knows one column of texts beside ids, the event or the session.
  func roles(count: Int, event: Int?) -> [FieldRole] {
    (0..<count).map { place in
      switch place {
      case user: .user
      case item: .item
      case rating: .rating
      case time: .time
      case event: .event
      default: .skipped
      }
    }
  }
}
