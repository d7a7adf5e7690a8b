import FoundationEssentials

/// A folder of the project, for tests that compare catalogs with files.
struct SourceFolder {
  /// Paths of its files, below it at any depth.
  let files: [String]
  private let root: String

  /// - Parameter path: from the top of the project.
  init(_ path: String) throws {
    root = Self.top + path
    files = try FileManager.default.subpathsOfDirectory(atPath: root)
  }

  /// What the first group of a pattern matches in the Swift files of the folder.
  func matches(of pattern: Regex<(Substring, Substring)>) throws -> [String] {
    var found: [String] = []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: URL(filePath: root + "/" + file), encoding: .utf8)
      found += text.matches(of: pattern).map { String($0.output.1) }
    }
    return found
  }

  /// The folder of Package.swift, with a slash at its end.
  static let top = String(#filePath.dropLast("Tests/RecLanguageTests/SourceFolder.swift".count))
}
