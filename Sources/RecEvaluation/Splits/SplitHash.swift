import RecAlgebra
internal import RecData
internal import RecKernels

/// The hash by which ratings are held out: Spark SQL's `xxhash64(user, item, seed)`, bit for bit.
///
/// The chain starts at 42 and each column's hash seeds the next. Whole-number ids and the seed are hashed as 64-bit
/// integers, other ids as their UTF-8 bytes.
struct SplitHash: Sendable {
  private static let start: UInt64 = 42

  let entities: Entities
  let seed: Int64

  init(_ entities: Entities, seed: UInt64) {
    self.entities = entities
    self.seed = Int64(bitPattern: seed)
  }

  /// `xxhash64(id, seed)`, for rules that hold whole users out.
  func ofUser(_ user: Int) -> UInt64 { XXHash64.hash(seed, seed: Self.chained(entities.users, user, Self.start)) }

  /// `xxhash64(id, seed)`, for rules that hold whole items out.
  func ofItem(_ item: Int) -> UInt64 { XXHash64.hash(seed, seed: Self.chained(entities.items, item, Self.start)) }

  /// `xxhash64(user, item, seed)` of each of a user's items, in their order.
  func ofEntries(_ user: Int, _ items: ArraySlice<Int32>, into hashes: inout [UInt64]) {
    hashes.removeAll(keepingCapacity: true)
    let first = Self.chained(entities.users, user, Self.start)
    switch entities.items.storage {
    case .numbers(let numbers):
      for item in items { hashes.append(XXHash64.hash(seed, seed: XXHash64.hash(numbers[Int(item)], seed: first))) }
    case .texts(let texts):
      for item in items {
        hashes.append(XXHash64.hash(seed, seed: XXHash64.hash(bytes: texts.utf8(Int(item)).span, seed: first)))
      }
    }
  }

  private static func chained<Kind>(_ ids: Vocabulary<Kind>, _ index: Int, _ hash: UInt64) -> UInt64 {
    switch ids.storage {
    case .numbers(let numbers): XXHash64.hash(numbers[index], seed: hash)
    case .texts(let texts): XXHash64.hash(bytes: texts.utf8(index).span, seed: hash)
    }
  }
}

/// The sides of a hash: below the first limit test, the next stretch valid, the rest train.
struct HashLimits: Sendable {
  private let test: Int
  private let valid: Int

  init(_ request: SplitRule.Request) {
    test = Int(request.test * 0x1p31)
    valid = test + Int(request.valid * 0x1p31)
  }

  /// The side of a hash, by its unsigned 31-bit `hash >>> 33`.
  func side(_ hash: UInt64) -> DatasetRole {
    let place = Int(hash >> 33)
    return place < test ? .test : place < valid ? .valid : .train
  }
}

extension Dataset {
  /// The sides of all entries, made user by user from their hashes, in parallel.
  ///
  /// `assign` is given a user's entries and their hashes, and appends a side for each entry.
  func sidesByUser(
    seed: UInt64, execution: Execution,
    _ assign: @escaping @Sendable (_ entries: Range<Int>, _ hashes: [UInt64], _ sides: inout [DatasetRole]) -> Void
  ) throws(Cancelled) -> [DatasetRole] {
    let hash = SplitHash(entities, seed: seed)
    let blockSize = 256
    let blocks = execution.workers.map((interactions.rowCount + blockSize - 1) / blockSize) { block in
      let users = block * blockSize..<min(interactions.rowCount, (block + 1) * blockSize)
      var sides: [DatasetRole] = []
      sides.reserveCapacity(interactions.offsets[users.upperBound] - interactions.offsets[users.lowerBound])
      var hashes: [UInt64] = []
      for user in users {
        if execution.cancellation.isCancelled { return sides }
        let entries = interactions.row(user)
        hash.ofEntries(user, interactions.columns[entries], into: &hashes)
        assign(entries, hashes, &sides)
      }
      return sides
    }
    try execution.checkpoint()
    var all: [DatasetRole] = []
    all.reserveCapacity(count)
    for sides in blocks { all.append(contentsOf: sides) }
    return all
  }
}
