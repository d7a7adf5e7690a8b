package import RecData
package import RecEvaluation
package import RecKernels
package import RecModels

/// The state that statements change: names, settings, the value of the last statement.
package struct Session: Sendable {
  /// A value and when it was bound; the newest that fits is what a command takes when nothing is named.
  package struct Binding: Sendable {
    package let value: Value
    package let age: Int
  }

  package private(set) var bindings: [String: Binding] = [:]
  /// The value of the last statement that had one.
  package var it: Value?
  package var settings: Settings
  package let catalog: CommandCatalog
  package var execution: Execution
  /// The folder that relative paths start at.
  package var folder: String
  /// Statements that succeeded, in order, as typed.
  package var history: [HistoryEntry] = []
  /// What `eval` found, for `leaderboard`.
  package var judgedModels: [JudgedModel] = []
  /// What `tune` has tried.
  package var trialMemory = TrialMemory()
  /// How the data was made that `generate` made last, whose true preferences are known; nil where there is none.
  package var generated: GenerationOptions?
  /// The last error of a statement, for `help !`.
  package var lastError: Diagnostic?
  /// The statements of the session before this one, oldest first, where somebody keeps them.
  package var previousStatements: @Sendable () -> [String] = { [] }
  /// The files that statements have read ratings or tables from, in order; a file that was read again stands once.
  package private(set) var loadedFiles: [LoadedFile] = []
  /// The scripts being run, outermost first; a script that stands here already is circular.
  package var runningScripts: [String] = []
  /// What goes on beside the statements; one at a time.
  package var background: (any BackgroundWork)?
  private var counter = 0

  /// A statement that succeeded.
  package struct HistoryEntry: Sendable {
    package let text: String
    package let duration: Duration
    /// The number that one would look for, such as `rmse 0.8734 (svd)`; empty for none.
    package let headline: String
    /// The seed that it began with.
    package let seed: UInt64
    /// What it showed, or as much as is kept of it.
    package let outputs: [Output.Content]

    package init(
      text: String, duration: Duration, headline: String = "", seed: UInt64, outputs: [Output.Content] = []
    ) {
      self.text = text
      self.duration = duration
      self.headline = headline
      self.seed = seed
      self.outputs = outputs
    }
  }

  /// A file of data, with what was found in it.
  package struct LoadedFile: Sendable, Equatable {
    package let path: String
    /// Of all files that were read together: rows of ratings, and users and items in them.
    package let rows: Int
    package let users: Int
    package let items: Int

    package init(path: String, rows: Int, users: Int, items: Int) {
      self.path = path
      self.rows = rows
      self.users = users
      self.items = items
    }
  }

  package init(catalog: CommandCatalog, settings: Settings, execution: Execution, folder: String) {
    self.catalog = catalog
    self.settings = settings
    self.execution = execution
    self.folder = folder
  }

  package subscript(name: String) -> Value? { name == "it" ? it : bindings[name]?.value }

  /// Names in order of binding, oldest first.
  package var names: [String] { bindings.sorted { $0.value.age < $1.value.age }.map(\.key) }

  package mutating func bind(_ name: String, _ value: Value) {
    counter += 1
    bindings[name] = Binding(value: value, age: counter)
  }

  /// Puts another value in the place of a name's, which keeps its age.
  mutating func replace(_ name: String, _ value: Value) {
    guard let old = bindings[name] else { return bind(name, value) }
    bindings[name] = Binding(value: value, age: old.age)
  }

  /// Unbinds a name; whether it was bound.
  @discardableResult
  package mutating func unbind(_ name: String) -> Bool { bindings.removeValue(forKey: name) != nil }

  mutating func remember(_ file: LoadedFile) {
    loadedFiles.removeAll { $0.path == file.path }
    loadedFiles.append(file)
  }

  /// Forgets names, `it` and history; settings stay.
  package mutating func reset() {
    bindings = [:]
    it = nil
    history = []
    judgedModels = []
    trialMemory = TrialMemory()
    generated = nil
  }

  /// The newest binding for which a choice gives something.
  package func newest<T>(_ choose: (Value) -> T?) -> (name: String, value: T)? {
    var newest: (name: String, value: T)?
    var age = -1
    for (name, binding) in bindings where binding.age > age {
      guard let chosen = choose(binding.value) else { continue }
      newest = (name, chosen)
      age = binding.age
    }
    return newest
  }

  package var models: [Model] {
    names.compactMap { if case .model(let model)? = self[$0] { model } else { nil } }
  }

  /// The name of what models are trained on when nothing is named: `train` if the ratings were split, else the newest
  /// dataset that is no part of a split.
  package var trainingDataName: String? {
    if case .dataset? = self["train"] { return "train" }
    return newest { if case .dataset(let dataset) = $0, dataset.role == .whole { dataset } else { nil } }?.name
  }

  /// What models are trained on when nothing is named.
  package var trainingData: Dataset? {
    guard let name = trainingDataName, case .dataset(let dataset)? = self[name] else { return nil }
    return dataset
  }
}
