package import RecKernels
package import RecLanguage

extension RunRecord {
  /// The record of a session that has run a script, with the digest of every file that it has read.
  ///
  /// - Parameter folder: The script's, from which paths are told.
  package init(of session: Session, folder: String) throws(FileFailure) {
    var files: [File] = []
    for file in session.loadedFiles {
      files.append(
        File(
          path: Self.path(file.path, from: folder), digest: try Self.digest(ofFile: file.path), rows: file.rows,
          users: file.users, items: file.items))
    }
    self.init(version: Program.version, seed: session.settings.seed, files: files)
  }

  /// What has changed since the recording, a sentence each: files, the seed, the program.
  ///
  /// - Parameter session: The session that has run the script now, or as much of it as it could.
  package func changes(in session: Session, folder: String) -> [String] {
    var changes: [String] = files.compactMap { old in
      let now = session.loadedFiles.first { Self.path($0.path, from: folder) == old.path }
      // What could not be loaded is compared all the same: that is why.
      let path = now?.path ?? (old.path.hasPrefix("/") || folder.isEmpty ? old.path : folder + "/" + old.path)
      guard let digest = try? Self.digest(ofFile: path), digest != old.digest else { return nil }
      let rows = now?.rows ?? old.rows
      let counts = rows == old.rows ? "" : ": \(grouped(old.rows)) rows then, \(grouped(rows)) now"
      return "\(old.path) has changed since recording\(counts)"
    }
    if seed != session.settings.seed { changes.append("recorded with seed \(seed), run with \(session.settings.seed)") }
    if version != Program.version { changes.append("recorded by recline \(version), run by \(Program.version)") }
    return changes
  }

  private static func path(_ path: String, from folder: String) -> String {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return !folder.isEmpty && path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// SHA-256 of a file's content, which is mapped, not held.
  private static func digest(ofFile path: String) throws(FileFailure) -> String {
    let file = try FileBytes(contentsOf: path)
    return SHA256.digest(file.bytes)
  }
}
