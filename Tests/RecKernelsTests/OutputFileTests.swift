import FoundationEssentials
import RecKernels
import Testing

@Suite struct OutputFileTests {
  private let folder: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "recline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path
  }

  @Test func `replaces its target in one step`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let target = folder + "/table.csv"
    try write("old", to: target)
    #expect(chmod(target, to: 0o640))
    let file = try OutputFile.temporary(beside: target)
    try file.write("new ")
    try file.write([0x63, 0x6f, 0x6e, 0x74, 0x65, 0x6e, 0x74])
    #expect(try text(target) == "old")
    try file.replace(target)
    #expect(try text(target) == "new content")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["table.csv"])
    #expect(try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int == 0o640)
  }

  @Test func `leaves the target alone when it is dropped`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let target = folder + "/table.csv"
    try write("old", to: target)
    func drop() throws {
      let file = try OutputFile.temporary(beside: target)
      try file.write("unfinished")
    }
    try drop()
    #expect(try text(target) == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["table.csv"])
  }

  @Test func `removes the temporary file when the target is a directory`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let target = folder + "/sub"
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
    func replace() throws { try OutputFile.temporary(beside: target).replace(target) }
    #expect(throws: FileFailure.isDirectory) { try replace() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["sub"])
  }

  @Test func `appends to a log`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/history"
    for line in ["one\n", "two\n"] {
      let log = try OutputFile.appending(to: path)
      try log.write(line)
      try log.close()
    }
    #expect(try text(path) == "one\ntwo\n")
  }

  @Test func `says why a file cannot be written`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(throws: FileFailure.notFound) { _ = try OutputFile.temporary(beside: folder + "/missing/x").write("") }
    #expect(throws: FileFailure.isDirectory) { _ = try OutputFile.appending(to: folder).write("") }
  }

  @Test func `tells files, directories and nothing apart`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("x", to: folder + "/file")
    #expect(fileKind(folder + "/file") == .file)
    #expect(fileKind(folder) == .directory)
    #expect(fileKind(folder + "/none") == .missing)
  }

  private func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

  private func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  private func chmod(_ path: String, to permissions: Int) -> Bool {
    (try? FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)) != nil
  }
}
