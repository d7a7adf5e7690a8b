import Foundation

/// The built program, run as a user runs it: through its arguments, its standard streams and its exit status.
enum Program {
  /// What a run gave.
  struct Result: Sendable {
    let status: Int32
    let output: String
    let errors: String

    var outputLines: [String] { output.split(separator: "\n").map(String.init) }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Where the build that holds these tests puts the program.
  static let path: String = {
    #if DEBUG
      let configuration = "debug"
    #else
      let configuration = "release"
    #endif
    return root.appending(path: ".build/\(configuration)/recline").path
  }()

  /// Runs the program with arguments; the input is empty unless given, and never a terminal.
  static func run(
    _ arguments: String..., input: String = "", in folder: Folder? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    try launch(path, arguments, input: input, in: folder, environment: environment)
  }

  /// Runs a line of the system's shell, in which `recline` is the program.
  static func shell(_ line: String, in folder: Folder? = nil) throws -> Result {
    let directory = URL(filePath: path).deletingLastPathComponent().path
    let inherited = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try launch(
      "/bin/sh", ["-c", line], input: "", in: folder, environment: ["PATH": "\(directory):\(inherited)"])
  }

  private static func launch(
    _ path: String, _ arguments: [String], input: String, in folder: Folder?, environment: [String: String]
  ) throws -> Result {
    // Files instead of pipes: no output is too long for them, and nobody has to read while the program runs.
    let streams = try Folder()
    try streams.write("input", input)
    try streams.write("output", "")
    try streams.write("errors", "")
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = (folder ?? streams).url
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: streams.url.appending(path: "input"))
    process.standardOutput = try FileHandle(forWritingTo: streams.url.appending(path: "output"))
    process.standardError = try FileHandle(forWritingTo: streams.url.appending(path: "errors"))
    try process.run()
    process.waitUntilExit()
    // A signal is told as a shell tells it.
    let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return Result(status: status, output: try streams.read("output"), errors: try streams.read("errors"))
  }
}

/// A new, empty folder that is removed with this; a class because its end matters.
final class Folder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "recline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: url.appending(path: name))
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
  }
}
