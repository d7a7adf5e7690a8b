import RecKernels

/// Reads a whole text file such as a script; an empty one is an empty text.
///
/// - Throws: `DataError` where it is missing, a folder, unreadable, or not UTF-8.
package func readText(_ path: String) throws(DataError) -> String {
  let file: FileBytes
  do { file = try FileBytes(contentsOf: path) } catch { throw TextSource.error(error, path) }
  if TextScan.invalidUTF8(file.bytes) != nil {
    throw .unreadable(path: path, reason: "it is not UTF-8 text")
  }
  return String(decoding: file[0..<file.count], as: UTF8.self)
}
