package import RecModels

/// A verb of the language as one self-describing value: help, completion, checking, reference and tests are read from it.
package struct Command: Sendable {
  /// The part of `help` it stands in.
  package enum Group: String, Sendable, CaseIterable {
    case data = "Data"
    case models = "Models"
    case judging = "Judging"
    case using = "Using"
    case session = "Session"
  }

  /// Words that stand without a name behind the verb.
  package struct Operand: Sendable {
    package enum Arity: Sendable {
      case one, optional, any
      /// The rest of the line is one operand, as written.
      case restOfLine
    }
    package let name: String
    package let slot: Slot
    package let arity: Arity
    package let summary: String
    package init(_ name: String, _ slot: Slot, _ arity: Arity, _ summary: String) {
      self.name = name
      self.slot = slot
      self.arity = arity
      self.summary = summary
    }
  }

  /// A statement that runs as it stands once its setting is there; tests execute it.
  package struct Example: Sendable {
    /// What has to be there first.
    package enum Setting: Sendable {
      /// Nothing.
      case nothing
      /// `generate guide`: the guide's 4×4 ratings and three documents.
      case guide
      /// A folder with `ratings.csv`, `items.csv` and the model `taste.safetensors`.
      case files
      /// Generated ratings.
      case generated
      /// Generated ratings, split, with `svd` and `tfidf` trained.
      case trained
    }
    package let statement: String
    package let setting: Setting
    package init(_ statement: String, after setting: Setting = .nothing) {
      self.statement = statement
      self.setting = setting
    }
  }

  /// How it takes another command behind its own options.
  package enum Nesting: Sendable {
    /// As it stands.
    case plain
    /// With alternatives, `k=10|20`, of which it makes one command each; and the value takes that command's name.
    case alternatives
  }

  package let verb: String
  package let group: Group
  package let summary: String
  package let operands: [Operand]
  package let options: [OptionSpec]
  package let examples: [Example]
  /// What a reader should know beside operands and options; paragraphs.
  package let notes: String
  /// Authors, year, DOI, where it has a source.
  package let source: String?
  /// The name that its value is bound to when no target is given; nil binds `it` alone.
  package let binds: [String]
  /// nil for commands that take no other one.
  package let nesting: Nesting?
  /// Commands of their own of which the first word chooses one, such as `abtest plan`.
  package let parts: [Command]
  package let run: @Sendable (Call, inout Session) throws -> Reply

  package init(
    _ verb: String, _ group: Group, summary: String, operands: [Operand] = [], options: [OptionSpec] = [],
    examples: [Example], notes: String = "", source: String? = nil, binds: [String] = [],
    nesting: Nesting? = nil,
    run: @escaping @Sendable (Call, inout Session) throws -> Reply
  ) {
    self.verb = verb
    self.group = group
    self.summary = summary
    self.operands = operands
    self.options = options
    self.examples = examples
    self.notes = notes
    self.source = source
    self.binds = binds
    self.nesting = nesting
    parts = []
    self.run = run
  }

  /// A verb whose first word is the second word of one of its parts' verbs.
  package init(
    _ verb: String, _ group: Group, summary: String, parts: [Command], notes: String = "", source: String? = nil
  ) {
    self.verb = verb
    self.group = group
    self.summary = summary
    operands = []
    options = []
    examples = parts.flatMap(\.examples)
    self.notes = notes
    self.source = source
    binds = []
    nesting = nil
    self.parts = parts
    run = { _, _ in preconditionFailure("one of its parts runs") }
  }

  /// The part that a word chooses, without regard to case.
  package func part(_ word: String) -> Command? {
    let wanted = word.lowercased()
    return parts.first { $0.partName == wanted }
  }

  /// The last word of its verb, by which a part is chosen.
  package var partName: String { verb.split(separator: " ").last.map(String.init) ?? verb }
}

/// What a command gives: a value, what it shows, and names to bind.
package struct Reply: Sendable {
  /// What happens to the session after the statement.
  package enum Ending: Sendable { case goOn, quit }

  package var value: Value?
  package var outputs: [Output.Content]
  /// Names of its own that it binds when no target is given, in order; the first is what a single target takes.
  package var bindings: [(name: String, value: Value)]
  package var ending: Ending
  /// A script that runs next in the session, its outputs in the place of the command's.
  package var script: SourceText?

  package init(
    _ value: Value? = nil, outputs: [Output.Content] = [], bindings: [(name: String, value: Value)] = [],
    ending: Ending = .goOn, script: SourceText? = nil
  ) {
    self.value = value
    self.outputs = outputs
    self.bindings = bindings
    self.ending = ending
    self.script = script
  }

  /// Binds a name of the command's own and shows what it holds; the first becomes the value.
  mutating func bind(_ name: String, _ value: Value, _ summary: Summary) {
    bindings.append((name, value))
    outputs.append(.summary(summary))
    if self.value == nil { self.value = value }
  }
}
