import RecKernels

/// Paths with `*`, `?` and `[a-z]`, which stand for the files that fit, as in a shell.
///
/// A name that begins with a point fits nothing. Where a file of exactly that name is there, it is meant.
package enum PathPattern {
  /// The paths that fit, ascending; the path itself where it has no such sign.
  package static func expand(_ path: String) -> [String] {
    guard isPattern(path), fileKind(path) == .missing else { return [path] }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var found = [path.hasPrefix("/") ? "/" : ""]
    for (place, part) in parts.enumerated() where !part.isEmpty {
      let isLast = place == parts.count - 1
      found = found.flatMap { folder -> [String] in
        guard isPattern(part) else {
          let inner = folder + part
          return fileKind(inner) == .missing ? [] : [isLast ? inner : inner + "/"]
        }
        let names = (try? folderNames(folder.isEmpty ? "." : folder)) ?? []
        return names.filter { matches(Array($0.unicodeScalars), Array(part.unicodeScalars)) }
          .map { folder + $0 }.filter { isLast || fileKind($0) == .directory }.map { isLast ? $0 : $0 + "/" }
      }
    }
    return found
  }

  /// Whether something is there: a file, a folder, or what fits a pattern.
  package static func exists(_ path: String) -> Bool {
    path == OpenedFile.standardInput || fileKind(path) != .missing
      || (isPattern(path) && expand(path).contains { fileKind($0) != .missing })
  }

  private static func isPattern(_ path: String) -> Bool { path.contains { "*?[".contains($0) } }

  /// Linear in name times pattern: after a mismatch only the last star takes one more character.
  static func matches(_ name: [Unicode.Scalar], _ pattern: [Unicode.Scalar]) -> Bool {
    var (place, sign) = (0, 0)
    var star: (sign: Int, place: Int)?
    while place < name.count {
      if sign < pattern.count, pattern[sign] == "*" {
        star = (sign, place)
        sign += 1
      } else if sign < pattern.count, let next = step(name[place], pattern, sign) {
        place += 1
        sign = next
      } else if let last = star {
        star = (last.sign, last.place + 1)
        (place, sign) = (last.place + 1, last.sign + 1)
      } else {
        return false
      }
    }
    return pattern[sign...].allSatisfy { $0 == "*" }
  }

  /// The sign behind the one that fits a character; nil where it does not.
  private static func step(_ character: Unicode.Scalar, _ pattern: [Unicode.Scalar], _ sign: Int) -> Int? {
    if pattern[sign] == "?" { return sign + 1 }
    guard pattern[sign] == "[", let end = pattern[(sign + 1)...].dropFirst().firstIndex(of: "]") else {
      return pattern[sign] == character ? sign + 1 : nil
    }
    var set = Array(pattern[sign + 1..<end])
    let isNegated = set.first == "!" || set.first == "^"
    if isNegated { set.removeFirst() }
    var fits = false
    var place = 0
    while place < set.count {
      if place + 2 < set.count, set[place + 1] == "-" {
        if set[place] <= character, character <= set[place + 2] { fits = true }
        place += 3
      } else {
        if set[place] == character { fits = true }
        place += 1
      }
    }
    return fits != isNegated ? end + 1 : nil
  }
}
