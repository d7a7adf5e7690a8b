import FoundationEssentials
package import RecKernels
import RecData
import RecLanguage
import RecModels
import Synchronization

/// A folder `NAME/VERSION/` of saved models, whose newest version of each name answers.
///
/// A version that appears while the server runs is loaded beside the old one and takes its place in one step; one that
/// cannot be read is told of, and the old one keeps answering. A file directly in the folder is version 1 of a model of
/// its own. A class because it remembers what it has tried.
package final class ModelFolder: Sendable {
  private struct State {
    /// Files that could not be loaded, as they were when they were tried.
    var refused: [String: Stamp] = [:]
    var watching: Task<Void, Never>?
  }

  /// By which a file that changed is told from one that did not.
  private struct Stamp: Equatable {
    let size: Int
    let changed: Date
  }

  package let path: String
  /// The only name that is looked at; nil for all.
  private let name: String?
  private let execution: Execution
  private let report: @Sendable (String) -> Void
  private let state = Mutex(State())

  /// - Parameters:
  ///   - name: the only name that is looked at; nil for all.
  ///   - report: takes lines for people, such as that a version was refused.
  package init(
    path: String, name: String? = nil, execution: Execution, report: @escaping @Sendable (String) -> Void
  ) {
    self.path = path
    self.name = name
    self.execution = execution
    self.report = report
  }

  /// Looks at what is there and takes up what is new.
  package func update(_ registry: ModelRegistry, _ loaded: (_ isServed: Bool) -> Void = { _ in }) {
    for entry in (try? folderNames(path)) ?? [] {
      let inner = path + "/" + entry
      if entry.hasSuffix(Model.ending) {
        let own = String(entry.dropLast(Model.ending.count))
        guard name == nil || name == own, !registry.available.contains(where: { $0.name == own }) else { continue }
        take(inner, own, 1, registry, loaded)
      } else if name == nil || name == entry, fileKind(inner) == .directory {
        update(entry, inner, registry, loaded)
      }
    }
  }

  /// The versions of one name: the newest that can be loaded.
  private func update(
    _ name: String, _ folder: String, _ registry: ModelRegistry, _ loaded: (_ isServed: Bool) -> Void
  ) {
    let current = registry.available.first { $0.name == name }?.version
    let versions = ((try? folderNames(folder)) ?? []).compactMap { word in
      Int(word).flatMap { $0 >= 0 ? (number: $0, folder: folder + "/" + word) : nil }
    }.sorted { $0.number > $1.number }
    for version in versions {
      if version.number == current { return }
      let files = ((try? folderNames(version.folder)) ?? []).filter { $0.hasSuffix(Model.ending) }
      // A folder that is being filled is looked at again.
      guard let file = files.first else { continue }
      if take(version.folder + "/" + file, name, version.number, registry, loaded) { return }
    }
  }

  @discardableResult
  private func take(
    _ file: String, _ name: String, _ version: Int, _ registry: ModelRegistry, _ loaded: (_ isServed: Bool) -> Void
  ) -> Bool {
    guard let stamp = Self.stamp(file), state.withLock({ $0.refused[file] != stamp }) else { return false }
    let previous = registry.available.first { $0.name == name }?.version
    registry.set(.loading, name: name, version: version)
    do {
      let model = try Model.loaded(from: file, execution: execution)
      registry.replace(by: ServedModel(model, name: name, version: version))
      if previous != nil { report("'\(name)' version \(version) answers from now on") }
      loaded(true)
      return true
    } catch {
      let reason = (error as? DataError)?.message ?? "\(error)"
      state.withLock { $0.refused[file] = stamp }
      registry.set(.failed(reason), name: name, version: version)
      let rest = previous.map { "; version \($0) keeps answering" } ?? ""
      report("'\(name)' version \(version) is refused: \(reason)\(rest)")
      loaded(false)
      return false
    }
  }

  private static func stamp(_ file: String) -> Stamp? {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: file) else { return nil }
    let size = (attributes[.size] as? Int) ?? (attributes[.size] as? UInt64).map { Int($0) } ?? 0
    return Stamp(size: size, changed: attributes[.modificationDate] as? Date ?? .distantPast)
  }

  /// Looks now and once a second from then on, on a thread of its own.
  func watch(_ service: RecommendationService) {
    let task = Task.detached { [self] in
      while !Task.isCancelled {
        // Reading a model takes seconds, for which no thread that answers requests is held up.
        await withCheckedContinuation { continuation in
          let run: @Sendable () -> Void = { [self] in
            update(service.registry) { service.metrics.loaded(isServed: $0) }
            continuation.resume()
          }
          if !DetachedThread.start(run) { run() }
        }
        try? await Task.sleep(for: .seconds(1))
      }
    }
    state.withLock { $0.watching = task }
  }

  func stop() { state.withLock { $0.watching?.cancel() } }
}
