import RecLanguage
import Synchronization

/// The models that are served, by name and version.
///
/// A class because requests look into it while new versions come and old ones go. A request holds the model that it began
/// with: a version that is taken away ends with the last of its requests.
package final class ModelRegistry: Sendable {
  /// What is known of a version.
  package enum VersionState: Sendable {
    case available(ServedModel)
    case loading
    /// It could not be loaded; the reason, for people.
    case failed(String)
    /// It was served, and a newer one has taken its place.
    case ended
  }

  private struct State {
    /// In the order in which they were first named; the first answers where none is named.
    var names: [String] = []
    var versions: [String: [Int: VersionState]] = [:]
  }

  private let state = Mutex(State())

  package init(_ models: [ServedModel] = []) {
    for model in models { set(.available(model), name: model.name, version: model.version) }
  }

  package func set(_ version: VersionState, name: String, version number: Int) {
    state.withLock { state in
      if !state.names.contains(name) { state.names.append(name) }
      state.versions[name, default: [:]][number] = version
    }
  }

  /// Makes a version the one that is available, and ends the others, in one step.
  package func replace(by model: ServedModel) {
    state.withLock { state in
      if !state.names.contains(model.name) { state.names.append(model.name) }
      var versions = state.versions[model.name] ?? [:]
      for (number, version) in versions { if case .available = version { versions[number] = .ended } }
      versions[model.version] = .available(model)
      state.versions[model.name] = versions
    }
  }

  /// The newest available version of each name, in the order of the names.
  package var available: [ServedModel] {
    state.withLock { state in state.names.compactMap { Self.newest(state.versions[$0]) } }
  }

  /// Everything that is known of a name's versions, newest first; nil for a name that never was.
  package func versions(of name: String) -> [(number: Int, state: VersionState)]? {
    state.withLock { state in
      guard let known = state.versions[Self.spelling(name, state.names)] else { return nil }
      return known.sorted { $0.key > $1.key }.map { ($0.key, $0.value) }
    }
  }

  /// Names of which a version is loading or failed, and none answers.
  package var unavailableNames: [String] {
    state.withLock { state in state.names.filter { Self.newest(state.versions[$0]) == nil } }
  }

  /// The model of a name and version; without a name the first, without a version the newest.
  ///
  /// - Throws: 404 where there is none.
  package func model(named name: String?, version: Int? = nil) throws(RequestFailure) -> ServedModel {
    let (names, found) = state.withLock { state -> ([String], ServedModel?) in
      let first = state.names.first { Self.newest(state.versions[$0]) != nil }
      guard let spelled = name.map({ Self.spelling($0, state.names) }) ?? first else { return (state.names, nil) }
      guard let version else { return (state.names, Self.newest(state.versions[spelled])) }
      if case .available(let model)? = state.versions[spelled]?[version] { return (state.names, model) }
      return (state.names, nil)
    }
    if let found { return found }
    guard let name = name ?? (version == nil ? nil : names.first) else {
      var failure = RequestFailure(503, "nothing-there", "no model is loaded yet")
      failure.retryAfter = 1
      throw failure
    }
    let what = version.map { "version \($0) of '\(Diagnostic.shortened(name))'" } ?? Diagnostic.quoted(name)
    throw RequestFailure(
      404, "unknown-name", version == nil ? "no model named \(what)" : "no \(what)",
      hint: names.contains(name) ? nil : didYouMean(nearest(name, in: names)),
      help: names.isEmpty ? nil : "models: \(listed(names, "and"))")
  }

  /// A name as it was given, which a request may write in other letters.
  private static func spelling(_ name: String, _ names: [String]) -> String {
    names.contains(name) ? name : names.first { $0.lowercased() == name.lowercased() } ?? name
  }

  private static func newest(_ versions: [Int: VersionState]?) -> ServedModel? {
    var newest: ServedModel?
    for case .available(let model) in versions?.values ?? [:].values where model.version > newest?.version ?? .min {
      newest = model
    }
    return newest
  }
}
