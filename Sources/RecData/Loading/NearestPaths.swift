import RecKernels

/// Paths beside a missing one whose names are close to its name; where its folder is missing, too, the same for that.
package func nearestPaths(to path: String) -> [String] {
  let cut = path.lastIndex(of: "/")
  let folder = cut.map { String(path[...$0]) } ?? ""
  let name = cut.map { String(path[path.index(after: $0)...]) } ?? path
  guard let names = try? folderNames(folder.isEmpty ? "." : folder) else {
    guard let cut, path.utf8.count < 4096 else { return [] }
    let folders = nearestPaths(to: String(path[..<cut]))
    let files = folders.map { $0 + "/" + name }.filter { fileKind($0) != .missing }
    return files.isEmpty ? folders : files
  }
  return NearestNames.nearest(to: name, among: names).map { folder + $0 }
}
