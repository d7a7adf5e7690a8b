/// Adds up what the users of a test did from one event after another, in any order.
///
/// Events belong to the user's arm, whether they name it or not. What a user did before the first exposure is kept apart,
/// in columns that begin with `pre_`. Kinds that every log has become `impressions`, `clicks` and `purchases`, with
/// `revenue`, the sum of the values of purchases; any other kind is a column of its own name.
package struct EventTally: Sendable {
  private struct Event {
    let user: Int32
    let kind: Int32
    let value: Double
    let time: Double
  }

  private struct Exposure {
    var arm: Int32 = -1
    var sawAnother = false
    /// The first time of an event that is called an exposure, else of one with an arm.
    var time = Double.infinity
    var isExplicit = false
  }

  private var users = IDNumbering()
  private var kinds = IDNumbering()
  private var arms = IDNumbering()
  private var events: [Event] = []
  private var exposures: [Exposure] = []
  private var hasTimes = false

  package init() {}

  /// Adds an event.
  ///
  /// - Parameters:
  ///   - arm: nil or empty where the event does not tell.
  ///   - value: such as the price of a purchase.
  ///   - time: in any unit, the same for all; nil where there are none, then the order of adding counts.
  package mutating func add(user: String, kind: String, arm: String?, value: Double?, time: Double?) {
    let user = users.number(user)
    if user == exposures.count { exposures.append(Exposure()) }
    let kind = kind.lowercased()
    let isExposure = Self.exposureKinds.contains(kind)
    if time != nil { hasTimes = true }
    let time = time ?? Double(events.count)
    if let arm, !arm.isEmpty {
      let arm = Int32(arms.number(arm))
      var exposure = exposures[user]
      if exposure.arm < 0 { exposure.arm = arm } else if exposure.arm != arm { exposure.sawAnother = true }
      if isExposure, !exposure.isExplicit {
        exposure.isExplicit = true
        exposure.time = time
      } else if isExposure == exposure.isExplicit {
        exposure.time = min(exposure.time, time)
      }
      exposures[user] = exposure
    }
    let number = isExposure ? -1 : Int32(kinds.number(Self.usualName(kind)))
    events.append(Event(user: Int32(user), kind: number, value: value ?? .nan, time: time))
  }

  package static let exposureKinds = ["exposure", "exposed", "assignment", "assigned", "enrolled"]

  private static func usualName(_ kind: String) -> String {
    switch kind {
    case "impression", "impressions", "shown", "show", "view", "views": "impressions"
    case "click", "clicks", "clicked": "clicks"
    case "purchase", "purchases", "purchased", "order", "buy", "transaction", "conversion", "converted": "purchases"
    default: kind
    }
  }

  /// The users with an arm, and of each what they did.
  package func users(where isIncluded: (String) -> Bool = { _ in true }) -> ExperimentUsers {
    var remarks = ExperimentUsers.Remarks()
    remarks.isOfEvents = true
    remarks.isInOrderOfTime = hasTimes
    let names = arms.names
    let kept = exposures.indices.filter { user in
      let exposure = exposures[user]
      if exposure.arm < 0 { remarks.withoutArm += 1 }
      if exposure.sawAnother { remarks.crossovers += 1 }
      return exposure.arm >= 0 && !exposure.sawAnother && isIncluded(names[Int(exposure.arm)])
    }.sorted { (exposures[$0].time, $0) < (exposures[$1].time, $1) }
    var rows = [Int](repeating: -1, count: exposures.count)
    for (row, user) in kept.enumerated() { rows[user] = row }
    let included = Set(kept.map { exposures[$0].arm })
    let order = ExperimentUsers.order(names.indices.filter { included.contains(Int32($0)) }.map { names[$0] })
    var places = [Int32](repeating: -1, count: names.count)
    for (place, name) in order.names.enumerated() { places[names.firstIndex(of: name) ?? 0] = Int32(place) }
    var ids = TextColumn()
    for user in kept { ids.append(utf8: users.ids.utf8(user)) }
    return ExperimentUsers(
      ids: ids, arms: order.names, arm: kept.map { places[Int(exposures[$0].arm)] }, columns: columns(rows, kept.count),
      remarks: remarks)
  }

  /// The counts of each kind and the sums of their values, during the test and before; empty ones left out.
  private func columns(_ rows: [Int], _ count: Int) -> [ExperimentUsers.Column] {
    let kindCount = kinds.count
    var counts = [[Double]](repeating: [], count: 2 * kindCount)
    var sums = counts
    for event in events where event.kind >= 0 {
      let row = rows[Int(event.user)]
      guard row >= 0 else { continue }
      let column = Int(event.kind) + (event.time < exposures[Int(event.user)].time ? kindCount : 0)
      if counts[column].isEmpty { counts[column] = [Double](repeating: 0, count: count) }
      counts[column][row] += 1
      guard !event.value.isNaN else { continue }
      if sums[column].isEmpty { sums[column] = [Double](repeating: 0, count: count) }
      sums[column][row] += event.value
    }
    let names = kinds.names
    let zeros = [Double](repeating: 0, count: count)
    return (0..<2 * kindCount).flatMap { column -> [ExperimentUsers.Column] in
      let name = (column < kindCount ? "" : "pre_") + names[column % kindCount]
      // A kind that nobody in the test had during it still has a rate, of 0.
      let isThere = column < kindCount || !counts[column].isEmpty
      let sumName = name.hasSuffix("purchases") ? String(name.dropLast("purchases".count)) + "revenue" : name + "_value"
      return (isThere ? [ExperimentUsers.Column(name, counts[column].isEmpty ? zeros : counts[column])] : [])
        + (sums[column].isEmpty ? [] : [ExperimentUsers.Column(sumName, sums[column])])
    }
  }
}
