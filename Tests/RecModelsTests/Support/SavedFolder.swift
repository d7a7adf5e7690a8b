import FoundationEssentials
import RecAlgebra
import RecKernels
import RecModels

@testable import RecData

/// A folder with the file of one model, removed with it.
struct SavedFolder: ~Copyable {
  private let folder: String
  var path: String { folder + "/model.safetensors" }

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/recline-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func save(_ model: Model) throws {
    try model.save(to: path, program: "a test", execution: Execution(threadCount: 1))
  }

  func loaded() throws -> Model { try Model.loaded(from: path, execution: Execution(threadCount: 1)) }

  func bytes() throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  /// Writes what a file holds with one tensor changed, under a digest that is right.
  func write(_ file: TensorFile, _ changed: Tensor, at place: Int) throws {
    var tensors = file.entries.compactMap { entry in
      file.value(Tensor.self, of: entry).map { TensorFile.NamedTensor(name: entry.name, tensor: $0) }
    }
    tensors[place] = TensorFile.NamedTensor(name: tensors[place].name, tensor: changed)
    try write(tensors, facts: file.facts)
  }

  /// Writes tensors and facts under a digest that is right.
  func write(_ tensors: [TensorFile.NamedTensor], facts: [TensorFile.Fact]) throws {
    let facts = facts.filter { $0.name != TensorFile.digestKey }
    try TensorFile.write(tensors, facts: facts, to: path, execution: Execution(threadCount: 1))
  }
}
