import RecData
import RecEvaluation
import RecModels

extension Command {
  /// Keeps a part of the data.
  static let sample = Command(
    "sample", .data, summary: "keep some ratings, users or items, chosen by a hash of their ids",
    operands: [
      Operand("data", .dataset, .optional, "the ratings; without it all parts of a split, else the newest"),
      Operand("size", .text, .one, "a share such as 10%, or how many"),
    ],
    options: [
      .choice(
        "by", default: "rating",
        [
          Choice("rating", "each rating by itself"), Choice("user", "whole users with all their ratings"),
          Choice("item", "whole items with all their ratings"),
        ], "what is chosen"),
      OptionSpec("seed", .count(0...Int.max), "keys the choice; without it the setting"),
    ],
    examples: [
      Example("sample 10% by=user", after: .generated), Example("few = sample ratings 1000", after: .generated),
    ],
    notes: """
      A rating is kept when xxhash64(user, item, seed, 'sample') >>> 33 < Int(share · 2³¹), a user or an item by the hash of \
      its id, as `split` decides but by another hash, so that a sample and a split are independent. A number keeps those with \
      the smallest hashes. So a sample of 5% is part of that of 10%, and the order of a file changes nothing. Users and items \
      that are not chosen leave the data. After a split by=rating thins train alone; by=user and by=item all parts alike.
      """,
    binds: ["ratings"]
  ) { call, session in
    guard let argument = call.operands.last else {
      throw Diagnostic(.missingOperand, "'sample' needs a size", at: call.verbRange, hint: "such as sample 10%")
    }
    let prepared = try session.preparedData(call.operands.count > 1 ? call.operands[0] : nil, for: call)
    let size = try argument.sampleSize()
    let seed = try call.count("seed").map(UInt64.init) ?? session.settings.seed
    let rule = try call.word("by").flatMap(SampleRule.init) ?? .rating
    return try session.reply(sampling: prepared, size, by: rule, seed: seed, argument, call)
  }
}

extension Call.Argument {
  /// `10%` and `0.1` are shares, a whole number is a number.
  fileprivate func sampleSize() throws(Diagnostic) -> SampleSize {
    if let count = try? Literal.count(text) {
      guard count > 0 else { throw Diagnostic(.badOperand, "a sample of none is none", at: range, hint: "such as 10%") }
      return .count(count)
    }
    let share = try read(Literal.share)
    guard share > 0, share <= 1 else {
      throw Diagnostic(.badOperand, "a share of a sample lies between 0% and 100%, found '\(text)'", at: range)
    }
    return .share(share)
  }
}

extension Session {
  fileprivate mutating func reply(
    sampling prepared: PreparedData, _ size: SampleSize, by rule: SampleRule, seed: UInt64, _ argument: Call.Argument,
    _ call: Call
  ) throws -> Reply {
    let data = prepared.first
    let reply: Reply
    let chosen: String
    switch rule {
    case .rating:
      let kept = try data.sampledEntries(size, seed: seed, execution: execution)
      let count = kept.count { $0 }
      guard count > 0 else { throw Diagnostic.nothingSampled(argument, data.eventNoun) }
      chosen = "kept \(grouped(count)) of \(counted(data.count, data.eventNoun))"
      let one = PreparedData(parts: [prepared.parts[0]])
      reply = try self.reply(one, call: call, notes: [chosen]) { data in
        try data.part(data.role, execution: execution) { kept[$0] }
      }
    case .user, .item:
      let isOfUsers = rule == .user
      let kept = data.sampledEntities(size, users: isOfUsers, seed: seed)
      let users = isOfUsers ? kept : [Bool](repeating: true, count: data.entities.users.count)
      let items = isOfUsers ? [Bool](repeating: true, count: data.entities.items.count) : kept
      reply = self.keep(users: users, items: items, in: prepared, call, notes: [])
      let left = reply.value.flatMap { if case .dataset(let data) = $0 { data } else { nil } }
      guard left.map({ $0.count > 0 }) ?? false else { throw Diagnostic.nothingSampled(argument, data.eventNoun) }
    }
    return reply
  }
}

extension Diagnostic {
  fileprivate static func nothingSampled(_ size: Call.Argument, _ noun: String) -> Diagnostic {
    Diagnostic(.missing, "no \(noun) is in so small a sample", at: size.range, hint: "a larger share, or a number")
  }
}
