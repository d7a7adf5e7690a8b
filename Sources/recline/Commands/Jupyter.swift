import ArgumentParser
import FoundationEssentials
import RecData
import RecKernels

/// `recline jupyter install`.
struct Jupyter: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Use the language in Jupyter notebooks.", subcommands: [Install.self])

  /// Copies the kernel, a small Python package, and registers it.
  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Register a kernel with Jupyter.",
      discussion: """
        Without an option, for the user. The Python that runs the kernel needs ipykernel; it is $VIRTUAL_ENV's, else the \
        first python3 in PATH.
        """)

    @Flag(help: "Register it for the user (the default).")
    var user = false

    @Option(help: ArgumentHelp("Register it under a folder: FOLDER/share/jupyter.", valueName: "folder"))
    var prefix: String?

    @Flag(help: "Register it in the environment of the Python that runs it.")
    var sysPrefix = false

    @Option(help: ArgumentHelp("The Python that runs the kernel.", valueName: "path"), completion: .file())
    var python: String?

    func validate() throws {
      if [user, prefix != nil, sysPrefix].filter({ $0 }).count > 1 {
        throw ValidationError("only one of '--user', '--prefix' and '--sys-prefix' can be meant")
      }
    }

    func run() throws {
      guard let python = python.map(Self.absolute) ?? Self.defaultPython() else {
        throw ValidationError("no python3 in PATH; name one by '--python'")
      }
      let program = Self.absolute(Self.programPath())
      guard let package = Self.package(for: program) else {
        throw ValidationError("the kernel's Python package is not there; install the program by Scripts/install")
      }
      let kernel = try dataFolder(python) + "/kernels/recline"
      do {
        let files = FileManager.default
        let copy = kernel + "/recline_kernel"
        try files.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for name in try files.contentsOfDirectory(atPath: package) where name.hasSuffix(".py") {
          guard let contents = files.contents(atPath: package + "/" + name) else { continue }
          var file = try AtomicFile(replacing: copy + "/" + name)
          try file.write(Array(contents))
          try file.finish()
        }
        let specification = Specification(
          argv: [python, "-m", "recline_kernel", "-f", "{connection_file}"],
          env: [
            "PYTHONPATH": kernel, "RECLINE_PROGRAM": program,
          ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var file = try AtomicFile(replacing: kernel + "/kernel.json")
        try file.write(Array(try encoder.encode(specification)) + [UInt8(ascii: "\n")])
        try file.finish()
      } catch {
        try? StandardStream.error.write("error: the kernel cannot be written to \(kernel): \(error)\n")
        throw ExitCode.scriptError
      }
      try StandardStream.output.write("installed the kernel 'recline' in \(kernel), run by \(python)\n")
    }

    /// Jupyter's folder of data that the options ask for.
    private func dataFolder(_ python: String) throws -> String {
      if let prefix { return Self.absolute(prefix) + "/share/jupyter" }
      if sysPrefix { return Self.folder(of: Self.folder(of: python)) + "/share/jupyter" }
      if let folder = environment("JUPYTER_DATA_DIR"), !folder.isEmpty { return folder }
      guard let home = environment("HOME"), !home.isEmpty else {
        throw ValidationError("there is no home folder; use '--prefix'")
      }
      #if os(macOS)
        return home + "/Library/Jupyter"
      #else
        if let data = environment("XDG_DATA_HOME"), !data.isEmpty { return data + "/jupyter" }
        return home + "/.local/share/jupyter"
      #endif
    }

    /// `kernel.json` as Jupyter reads it.
    private struct Specification: Encodable {
      let argv: [String]
      let env: [String: String]
      let display_name = "Recline"
      let language = "recline"
      let interrupt_mode = "signal"
    }

    private static func defaultPython() -> String? {
      if let environment = environment("VIRTUAL_ENV"), !environment.isEmpty { return environment + "/bin/python3" }
      return inPath("python3")
    }

    /// The program that runs: as it was named, or found in `PATH`.
    private static func programPath() -> String {
      let name = CommandLine.arguments.first ?? "recline"
      return name.contains("/") ? name : inPath(name) ?? name
    }

    /// The Python package: beside an installed program, or in the project that it was built in.
    private static func package(for program: String) -> String? {
      var folder = folder(of: program)
      let installed = Self.folder(of: folder) + "/share/recline/jupyter/recline_kernel"
      if fileKind(installed) == .directory { return installed }
      while !folder.isEmpty {
        let candidate = folder + "/Scripts/jupyter/recline_kernel"
        if fileKind(candidate) == .directory { return candidate }
        folder = Self.folder(of: folder)
      }
      return nil
    }

    private static func inPath(_ name: String) -> String? {
      (environment("PATH") ?? "").split(separator: ":").map { "\($0)/\(name)" }.first { fileKind($0) == .file }
    }

    private static func folder(of path: String) -> String {
      path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    private static func absolute(_ path: String) -> String {
      path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
  }
}
