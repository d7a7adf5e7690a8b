extension Diagnostic.Code {
  /// A title that several items have.
  static let ambiguous: Self = "ambiguous-title"
  /// A word that an operand's slot cannot take.
  static let badOperand: Self = "bad-operand"
  /// A word that an option's slot cannot take.
  static let badValue: Self = "malformed-value"
  /// A script that runs itself, directly or through others.
  static let circularRun: Self = "circular-run"
  /// k above the rank of the data.
  static let factorsLowered: Self = "factors-lowered"
  /// A preparation that would learn from what is held out.
  static let fittedOnTest: Self = "fitted-on-test"
  /// Items that a content model cannot score.
  static let itemsWithoutText: Self = "items-without-text"
  /// Rows that a model was trained on.
  static let leak: Self = "trained-on-test"
  /// Numbers that do not compare.
  static let mixedSplits: Self = "mixed-splits"
  /// Something has to be there first.
  static let missing: Self = "nothing-there"
  static let missingOperand: Self = "missing-operand"
  /// A model of a training that was interrupted.
  static let partial: Self = "partial-model"
  /// A preparation that an algorithm makes nothing of.
  static let unusedPreparation: Self = "unused-preparation"
  static let unknownField: Self = "unknown-field"
  static let unknownItem: Self = "unknown-item"
  static let unknownMetric: Self = "unknown-metric"
  static let unknownName: Self = "unknown-name"
  static let unknownTopic: Self = "unknown-topic"
  static let unknownUser: Self = "unknown-user"
  /// A command that does not train a model, behind one that needs one that does.
  static let unsuitableCommand: Self = "unsuitable-command"
  /// Two trials that the data cannot tell apart.
  static let withinNoise: Self = "within-noise"
  /// A model that was trained on what came after the rows it would be judged by.
  static let future: Self = "trained-on-future"
  /// A model that cannot do what is asked of it.
  static let unsuitableModel: Self = "unsuitable-model"
  /// A name that holds another kind of value.
  static let wrongKind: Self = "wrong-kind"
}

extension Diagnostic {
  /// What a statement's user should know, though it was done.
  init(warning code: Code, _ message: String, at range: SourceRange, hint: String? = nil, help: String? = nil) {
    self.init(code, message, at: range, hint: hint, help: help, severity: .warning)
  }
}
