import RecData
import RecKernels
import RecLanguage

extension SourceText {
  /// The script in a file, under the path that was given.
  static func script(at path: String) throws(Diagnostic) -> SourceText {
    do { return SourceText(name: path, try readText(path)) } catch { throw Diagnostic(error) }
  }

  /// The script on standard input, read to its end.
  static func standardInput() throws(FileFailure) -> SourceText {
    var bytes: [UInt8] = []
    while true {
      let part = try StandardStream.input.read()
      if part.isEmpty { return SourceText(bytes: bytes) }
      bytes += part
    }
  }
}

/// A script itself, or the `.rec` files of a folder and of those in it, in the order of their names.
func scripts(at path: String) -> [String] {
  // A folder that may not be listed is told like a script that may not be read.
  guard fileKind(path) == .directory, let names = try? folderNames(path) else { return [path] }
  return names.flatMap { name in
    let inner = path.hasSuffix("/") ? path + name : path + "/" + name
    return fileKind(inner) == .directory ? scripts(at: inner) : name.hasSuffix(".rec") ? [inner] : []
  }
}

extension Diagnostic {
  /// A script that cannot be read or written.
  init(_ error: DataError) { self.init("script-file", error.message, help: error.hint) }
}

extension Session {
  /// Makes a script the one that is run: its relative paths start at its folder, and it may not run itself.
  mutating func enter(_ script: SourceText) {
    folder = Session.folder(ofScript: script.name)
    runningScripts = [script.name.contains("/") ? script.name : "\(folder)/\(script.name)"]
  }
}
