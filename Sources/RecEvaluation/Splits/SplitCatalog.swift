/// The ways to split that there are, in the order of `help`; the first is the default.
package enum SplitCatalog {
  package static let rules: [SplitRule] = [
    .random,
    .user,
    .time,
    .last,
    .coldUser,
    .coldItem,
  ]

  /// By name without regard to case, such as "cold-user".
  package static subscript(name: String) -> SplitRule? {
    let wanted = name.lowercased()
    return rules.first { $0.name == wanted }
  }
}
