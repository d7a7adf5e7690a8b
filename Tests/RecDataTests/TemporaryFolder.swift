import FoundationEssentials
import RecAlgebra
import RecKernels

@testable import RecData

/// A folder for the files of one test, removed with it.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/recline-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file; returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }
}

/// Every rating with its ids, in index order: what a test compares.
func triples(_ dataset: Dataset) -> [String] {
  let rows = dataset.interactions
  return (0..<rows.rowCount).flatMap { row in
    rows.row(row).map { entry in
      let user = dataset.entities.users[UserIndex(row)].text
      let item = dataset.entities.items[ItemIndex(rows.columns[entry])].text
      let time = dataset.times.isEmpty ? "" : "@\(dataset.times[entry])"
      return "\(user) \(item) \(rows.values[entry])\(time)"
    }
  }
}

/// Loads with two threads.
func loaded(_ path: String, _ change: (inout LoadOptions) -> Void = { _ in }) throws -> Loaded {
  var options = LoadOptions()
  change(&options)
  return try load(path, options: options, execution: Execution(threadCount: 2))
}
