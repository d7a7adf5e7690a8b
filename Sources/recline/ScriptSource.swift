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
