import FoundationEssentials

/// Files that tests read: expected values beside the scripts that made them, and MovieLens where it is there.
enum ReferenceFile {
  /// The lines of a file in `Reference`, each cut at a separator.
  static func rows(_ name: String, separator: Character) throws -> [[String]] {
    let folder = tests + "/Reference/"
    return try lines(folder + name).map {
      $0.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Whether MovieLens' small data set is there.
  static var hasMovieLens: Bool { FileManager.default.fileExists(atPath: movieLens + "ratings.csv") }

  /// The rows of MovieLens' ratings, without the header.
  static func movieLensRatings() throws -> [[Substring]] {
    try lines(movieLens + "ratings.csv").dropFirst().map { $0.split(separator: ",") }
  }

  /// The genres of each film by its id, none where none are listed.
  static func movieLensGenres() throws -> [Int: [String]] {
    var genres: [Int: [String]] = [:]
    for line in try lines(movieLens + "movies.csv").dropFirst() {
      guard let id = line.split(separator: ",").first.flatMap({ Int($0) }), let last = line.split(separator: ",").last
      else { continue }
      genres[id] = last == "(no genres listed)" ? [] : last.split(separator: "|").map(String.init)
    }
    return genres
  }

  private static let movieLens = tests + "/../../../shared/data/ml-latest-small/"

  private static func lines(_ path: String) throws -> [Substring] {
    var lines = try String(contentsOf: URL(filePath: path), encoding: .utf8)
      .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// `Tests/RecModelsTests`.
  private static let tests = #filePath.split(separator: "/").dropLast(2).reduce(into: "") { $0 += "/" + $1 }
}
