package import RecData
package import RecKernels

/// A dataset's sides: disjoint, together all of it, in its index space.
package struct Split: Sendable {
  package let train: Dataset
  /// nil where no share was asked for it.
  package let valid: Dataset?
  package let test: Dataset

  /// The sides that there are, train first.
  package var sides: [Dataset] { [train] + (valid.map { [$0] } ?? []) + [test] }
}

extension Dataset {
  /// Splits the ratings; which side one falls on depends on the rule, the seed and the ids alone (and on times where the
  /// rule goes by them), not on the order of a file or the number of threads.
  ///
  /// - Throws: `SplitError`, `Cancelled`.
  package func split(by rule: SplitRule, _ request: SplitRule.Request, execution: Execution) throws -> Split {
    try check(rule, request)
    let sides = try rule.assign(self, request, execution)
    try execution.checkpoint()
    let holdsValid = request.valid > 0
    for role in [DatasetRole.train, .valid, .test] {
      let isAsked = role == .train || (role == .valid ? holdsValid : request.test > 0 || !rule.takesShare)
      guard !isAsked || sides.contains(role) else { throw SplitError.emptySide(role, ratings: count) }
    }
    let roles = [DatasetRole.train, .test] + (holdsValid ? [.valid] : [])
    var parts = try roles.map { role in try part(role, execution: execution) { sides[$0] == role } }
    if rule.name == SplitRule.time.name {
      let cutoff = parts[1].times.min() ?? (holdsValid ? parts[2].times.min() : nil)
      for place in parts.indices { parts[place].cutoff = cutoff }
    }
    return Split(train: parts[0], valid: holdsValid ? parts[2] : nil, test: parts[1])
  }

  private func check(_ rule: SplitRule, _ request: SplitRule.Request) throws(SplitError) {
    guard count > 0 else { throw .nothingToSplit }
    for (option, share) in [("test", request.test), ("valid", request.valid)] where !(share >= 0 && share < 1) {
      throw .shareOutOfBounds(option: option, share: share)
    }
    guard request.test + request.valid < 1 else { throw .sharesTooLarge(test: request.test, valid: request.valid) }
    if rule.takesShare && request.moment == nil && request.test == 0 && request.valid == 0 { throw .nothingHeldOut }
    if rule.needsTimes && times.isEmpty { throw .noTimes(rule: rule.name) }
    if request.moment != nil && !rule.takesMoment { throw .momentNotTaken(rule: rule.name) }
  }
}
