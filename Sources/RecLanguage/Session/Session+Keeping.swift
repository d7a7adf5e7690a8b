import RecAlgebra
import RecData

extension Session {
  /// Leaves the other users and items out of data, of their other parts, and of the tables that share ids with them.
  mutating func keep(
    users: [Bool], items: [Bool], in prepared: PreparedData, _ call: Call, notes: [String]
  ) -> Reply {
    let entities = prepared.first.entities.keeping(users, items)
    func kept(_ data: Dataset) -> Dataset {
      if data.entities == prepared.first.entities { return data.keeping(users, items, entities) }
      // A part that was loaded by itself may have more ids.
      return data.keeping(
        users: data.entities.users.taking(users, of: prepared.first.entities.users),
        items: data.entities.items.taking(items, of: prepared.first.entities.items))
    }
    let data = prepared.first
    let left = kept(data)
    let counts = [
      ("user", left.entities.users.count, data.entities.users.count),
      ("item", left.entities.items.count, data.entities.items.count), (data.eventNoun, left.count, data.count),
    ].map { noun, left, all in "\(grouped(left)) of \(counted(all, noun))" }
    let reply = reply(prepared, call: call, notes: ["kept \(listed(counts, "and"))"] + notes, kept)
    if call.targets.isEmpty, prepared.parts[0].name == trainingDataName {
      replaceTables(sharingIDsWith: prepared, kept)
    }
    return reply
  }
}

extension Vocabulary {
  /// Whether each id here stays, by what is said of the ids of another vocabulary; those that it does not have go.
  fileprivate func taking(_ isKept: [Bool], of other: Vocabulary) -> [Bool] {
    guard let places = other.translation(from: self) else { return isKept }
    return places.map { $0 >= 0 && isKept[Int($0)] }
  }
}
