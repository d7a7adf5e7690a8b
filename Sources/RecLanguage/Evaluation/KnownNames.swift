import RecModels

/// The names that are bound at a place of a script, as far as that can be told before anything runs.
struct KnownNames {
  enum Kind {
    case model
    case dataset
    /// A number, a text, a table, or something that only the run can tell.
    case other
  }

  private(set) var kinds: [String: Kind] = [:]
  /// The order of binding, for messages.
  private var order: [String] = []
  /// Names that a file or an option may have left unbound: they are not offered, and not refused.
  private var possible: Set<String> = []
  /// Whether a statement before may have bound anything, so that no name is certainly unknown.
  var mayHoldAnything = false

  /// What a session has.
  init(_ session: Session) {
    for name in session.names {
      guard let value = session[name] else { continue }
      bind(name, Kind(value))
    }
    if session.it != nil { bind("it", .other) }
  }

  subscript(name: String) -> Kind? { kinds[name] }

  mutating func bind(_ name: String, _ kind: Kind) {
    possible.remove(name)
    if kinds.updateValue(kind, forKey: name) == nil { order.append(name) }
  }

  mutating func forget(_ name: String) {
    if kinds.removeValue(forKey: name) != nil { order.removeAll { $0 == name } }
  }

  mutating func forgetAll() {
    kinds = [:]
    order = []
  }

  /// The names of some kinds that are certainly bound, in the order of binding.
  func names(_ fits: (Kind) -> Bool = { _ in true }) -> [String] {
    order.filter { name in name != "it" && !possible.contains(name) && kinds[name].map(fits) ?? false }
  }

  /// Binds what a command will bind: its own names, or the targets in their place.
  mutating func bind(_ command: Command, targets: [Name]) {
    let kind = { (name: String) -> Kind in
      if command.group == .models { return .model }
      return ["ratings", "train", "valid", "test"].contains(name) ? .dataset : .other
    }
    if targets.isEmpty {
      for name in command.binds {
        let isBound = kinds[name] != nil
        bind(name, kind(name))
        if !isBound, ["users", "valid"].contains(name) { possible.insert(name) }
      }
    }
    for (place, target) in targets.enumerated() {
      // One name takes whatever the command gives; only a model is certainly a model.
      let own = place < command.binds.count ? kind(command.binds[place]) : .other
      bind(target.text, own == .dataset && command.verb == "load" ? .other : own)
    }
  }
}

extension KnownNames {
  /// Binds what a model is loaded under: a target, or a name that only its file knows.
  mutating func bindLoadedModel(targets: [Name]) {
    if targets.isEmpty { mayHoldAnything = true }
    for target in targets { bind(target.text, .model) }
  }
}

extension KnownNames.Kind {
  init(_ value: Value) {
    switch value {
    case .model: self = .model
    case .dataset: self = .dataset
    case .number, .text, .table, .figure, .items, .users: self = .other
    }
  }
}
