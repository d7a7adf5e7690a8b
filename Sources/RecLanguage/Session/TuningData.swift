import RecAlgebra
import RecData
import RecEvaluation
import RecKernels

/// What alternatives are trained on and judged by: never `test`.
struct TuningData: Sendable {
  /// What the trials are trained on.
  let train: Dataset
  let valid: Dataset
  /// Where the rows of `valid` come from, for the heading.
  let source: String
  /// Whether they were held out of what the best is trained on in the end.
  let isHeldOut: Bool

  private static let purpose = CounterRandom.Purpose("tune holdout")
  private static let share = 0.2

  /// - Throws: `SplitError` where there are too few ratings, `Diagnostic` where none may be held out, `Cancelled`.
  init(_ data: Dataset, in session: Session, seed: UInt64, for call: Call) throws {
    if data.role == .train, case .dataset(let valid)? = session["valid"], valid.role == .valid, valid.count > 0,
      valid.entities == data.entities
    {
      train = data
      self.valid = valid
      source = "valid of \(data.name)"
      isHeldOut = false
      return
    }
    try data.refuseParting(for: call)
    // Another hash than that of `split`, by which the same share may be gone already.
    let key = CounterRandom.random(seed: seed, purpose: Self.purpose, 0)
    guard let rule = SplitCatalog[data.cutoff == nil ? "user" : "time"] else {
      preconditionFailure("the catalog has the rules by user and by time")
    }
    let split = try data.split(
      by: rule, SplitRule.Request(test: 0, valid: Self.share, seed: key), execution: session.execution)
    train = split.train
    self.valid = split.valid ?? split.test
    source = "a fifth held out of \(data.role == .whole ? "" : "\(data.role.rawValue) of ")\(data.name)"
    isHeldOut = true
  }

  private init(train: Dataset, valid: Dataset, source: String, isHeldOut: Bool) {
    self.train = train
    self.valid = valid
    self.source = source
    self.isHeldOut = isHeldOut
  }

  /// The rows of a share of the users, chosen by the seed: larger shares hold those of smaller ones.
  func part(_ share: Double, seed: UInt64) -> TuningData {
    guard share < 1 else { return self }
    let purpose = CounterRandom.Purpose("tune users")
    func part(_ data: Dataset) -> Dataset {
      var isKept: [Bool] = []
      isKept.reserveCapacity(data.count)
      for user in 0..<data.interactions.rowCount {
        let isChosen = CounterRandom.uniform(seed: seed, purpose: purpose, UInt64(user)) < share
        isKept += [Bool](repeating: isChosen, count: data.interactions.row(user).count)
      }
      return data.part(data.role, keeping: isKept)
    }
    return TuningData(train: part(train), valid: part(valid), source: source, isHeldOut: isHeldOut)
  }
}
