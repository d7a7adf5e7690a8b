import FoundationEssentials
import RecAlgebra
import RecKernels

/// How far a learner has come in a script.
struct SavedPlace: Equatable {
  /// What was done at each stop so far; what ran runs again when the lesson goes on.
  enum Mark: Character, CaseIterable {
    case ran = "r"
    case skipped = "s"
    case solved = "e"
  }

  let marks: [Mark]
  /// Of the text up to the place.
  let digest: UInt64

  static func digest(of text: ArraySlice<UInt8>) -> UInt64 { XXHash64.hash(bytes: Array(text), seed: 0) }
}

/// The file in which the place of one script is kept: the script's path, a digest and the marks, a line each.
struct PlaceFile {
  private let script: String
  private let path: String

  /// - Parameters:
  ///   - script: a path; the file belongs to what it leads to.
  ///   - folder: where the program keeps its state.
  init(script: String, folder: String) {
    self.script = URL(filePath: script).resolvingSymlinksInPath().path
    let name = String(SavedPlace.digest(of: Array(self.script.utf8)[...]), radix: 16)
    path = "\(folder)/places/\(name)"
  }

  /// The place; nil where none is kept, or nobody can read it.
  func load() -> SavedPlace? {
    guard let contents = FileManager.default.contents(atPath: path) else { return nil }
    let lines = String(decoding: contents, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 3, lines[0] == script, let digest = UInt64(lines[1], radix: 16) else { return nil }
    let marks = lines[2].compactMap(SavedPlace.Mark.init)
    guard !marks.isEmpty, marks.count == lines[2].count else { return nil }
    return SavedPlace(marks: marks, digest: digest)
  }

  /// Keeps a place: afterwards it is there in full, or as it was before.
  func save(_ place: SavedPlace) throws {
    try HistoryLog.createFolder(of: path)
    let file = try OutputFile.temporary(beside: path)
    try file.write("\(script)\n\(String(place.digest, radix: 16))\n\(String(place.marks.map(\.rawValue)))\n")
    try file.replace(path)
  }

  /// Forgets the place; there may be none.
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
