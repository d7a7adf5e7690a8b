/// What each user of a test did: one row for each, in the order in which they first came.
package struct ExperimentUsers: Sendable, Equatable {
  /// A number of the user for each row and column, such as clicks.
  package struct Column: Sendable, Equatable {
    package let name: String
    /// (users,).
    package let values: [Double]

    package init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// What was left out, and how it was read.
  package struct Remarks: Sendable, Equatable {
    /// Who saw more than one arm.
    package var crossovers = 0
    /// Who saw none, though they did something.
    package var withoutArm = 0
    /// Numbers that were missing and count as 0.
    package var missing = 0
    /// Whether a row of the source was an event and not a user.
    package var isOfEvents = false
    /// Whether `users` are in the order of their first time, and not of the rows.
    package var isInOrderOfTime = false

    package init() {}
  }

  package let ids: TextColumn
  /// Ascending by bytes, except that `control` comes first.
  package let arms: [String]
  /// The arm of each user; (users,).
  package let arm: [Int32]
  package let columns: [Column]
  package let remarks: Remarks

  package init(ids: TextColumn, arms: [String], arm: [Int32], columns: [Column], remarks: Remarks = Remarks()) {
    precondition(arm.count == ids.count && columns.allSatisfy { $0.values.count == ids.count }, "a row for each user")
    self.ids = ids
    self.arms = arms
    self.arm = arm
    self.remarks = remarks
    self.columns = Self.withShares(columns)
  }

  package var count: Int { arm.count }

  package subscript(name: String) -> [Double]? { columns.first { $0.name == name }?.values }

  /// Adds who clicked and who converted, where only the numbers of clicks and purchases are there.
  private static func withShares(_ columns: [Column]) -> [Column] {
    var columns = columns
    for (share, count) in [("clicked", "clicks"), ("converted", "purchases")] {
      for prefix in ["", "pre_"] where !columns.contains(where: { $0.name == prefix + share }) {
        guard let counts = columns.first(where: { $0.name == prefix + count }) else { continue }
        columns.append(Column(prefix + share, counts.values.map { $0 > 0 ? 1 : 0 }))
      }
    }
    return columns
  }

  /// The names of arms in order, and what each old place becomes.
  static func order(_ arms: [String]) -> (names: [String], places: [Int32]) {
    let order = arms.indices.sorted { left, right in
      let (a, b) = (arms[left], arms[right])
      if (a.lowercased() == "control") != (b.lowercased() == "control") { return a.lowercased() == "control" }
      return a.utf8.lexicographicallyPrecedes(b.utf8)
    }
    var places = [Int32](repeating: 0, count: arms.count)
    for (place, old) in order.enumerated() { places[old] = Int32(place) }
    return (order.map { arms[$0] }, places)
  }
}

/// Numbers ids as they come.
struct IDNumbering {
  private(set) var ids = TextColumn()
  private var places: [String: Int32] = [:]

  mutating func number(_ id: String) -> Int {
    if let place = places[id] { return Int(place) }
    let place = places.count
    places[id] = Int32(place)
    ids.append(id)
    return place
  }

  var count: Int { places.count }
  var names: [String] { (0..<ids.count).map { ids[$0] } }
}
