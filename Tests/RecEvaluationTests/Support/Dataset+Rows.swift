import RecAlgebra
import RecData

/// A rating as a file has it.
struct Row: Hashable {
  let user: String
  let item: String
  var value: Float = 3
  var time: Int64 = 0
}

extension Dataset {
  /// Ratings in any order; items and users are those of the rows unless more are given.
  init(
    _ rows: [Row], users: [String] = [], items: [String] = [], feedback: Feedback? = nil, hasTimes: Bool = true,
    role: DatasetRole = .whole
  ) {
    let entities = Entities(
      users: Vocabulary(rows.map(\.user) + users), items: Vocabulary(rows.map(\.item) + items))
    self.init(rows, entities, feedback: feedback, hasTimes: hasTimes, role: role)
  }

  init(
    _ rows: [Row], _ entities: Entities, feedback: Feedback? = nil, hasTimes: Bool = true, role: DatasetRole = .whole
  ) {
    let placed = rows.map { row in
      (
        user: entities.users.index(of: ID(row.user))?.raw ?? -1,
        item: entities.items.index(of: ID(row.item))?.raw ?? -1,
        row: row
      )
    }.sorted { ($0.user, $0.item) < ($1.user, $1.item) }
    var offsets = [Int](repeating: 0, count: entities.users.count + 1)
    for place in placed { offsets[place.user + 1] += 1 }
    for user in 0..<entities.users.count { offsets[user + 1] += offsets[user] }
    let scale = RatingScale(occurring: rows.isEmpty ? [1, 5] : rows.map(\.value))
    self.init(
      name: "test", entities: entities,
      interactions: SparseRows(
        rowCount: entities.users.count, columnCount: entities.items.count, offsets: offsets,
        columns: placed.map { Int32($0.item) }, values: placed.map(\.row.value)),
      times: hasTimes ? placed.map(\.row.time) : [], feedback: feedback ?? .ratings(scale), role: role)
  }

  /// The ratings, in the order of the indices.
  var rows: [Row] {
    (0..<interactions.rowCount).flatMap { user in
      interactions.row(user).map { entry in
        Row(
          user: entities.users[UserIndex(user)].text,
          item: entities.items[ItemIndex(interactions.columns[entry])].text,
          value: interactions.values[entry], time: times.isEmpty ? 0 : times[entry])
      }
    }
  }
}

/// Numbers from a fixed start, the same on every machine (SplitMix64).
struct FixedGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
