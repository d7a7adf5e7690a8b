#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The names of what a folder holds, hidden ones left out, ascending.
package func folderNames(_ path: String) throws(FileFailure) -> [String] {
  // SAFETY: a string passed to C is a zero-terminated copy that lasts for the call.
  guard let folder = unsafe opendir(path) else { throw FileFailure(errno) }
  defer { unsafe closedir(folder) }
  var names: [String] = []
  // SAFETY: the entry stays valid until the next call, and its name ends with a zero byte.
  while let entry = unsafe readdir(folder) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
      unsafe field.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
    }
    if !name.hasPrefix(".") { names.append(name) }
  }
  return names.sorted()
}
