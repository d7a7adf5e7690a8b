package import RecLanguage
import RecNotebook

extension DocumentFormat {
  /// The session as a script with its outputs recorded, and what data they came from.
  package static let script = DocumentFormat("rec") { session, folder in
    let script = session.script { entry in
      var printed = RecordedOutput()
      for content in entry.outputs { printed.take(Output(line: 1, command: nil, content)) }
      return printed.keptLines.map(RecordedScript.record)
    }
    return script + (try RunRecord(of: session, folder: folder)).lines.map { $0 + "\n" }.joined()
  }

  /// The session as a page to read.
  package static let page = DocumentFormat("html") { session, folder in
    try Report(of: session, named: "Session", folder: folder).html
  }

  /// The session as Markdown.
  package static let markdown = DocumentFormat("md") { session, folder in
    let report = try Report(of: session, named: "Session", folder: folder)
    let surroundings = Renderer.Surroundings(source: report.notebook.source)
    return report.markdown { Renderer.markdown.render($0, in: surroundings) }
  }
}
