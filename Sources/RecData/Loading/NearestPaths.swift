import RecKernels

/// Paths beside a missing one whose names are close to its name.
package func nearestPaths(to path: String) -> [String] {
  let cut = path.lastIndex(of: "/")
  let folder = cut.map { String(path[...$0]) } ?? ""
  let name = cut.map { String(path[path.index(after: $0)...]) } ?? path
  guard let names = try? folderNames(folder.isEmpty ? "." : folder) else { return [] }
  return NearestNames.nearest(to: name, among: names).map { folder + $0 }
}
