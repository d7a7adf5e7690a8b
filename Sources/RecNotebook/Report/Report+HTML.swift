import RecLanguage

extension Report {
  /// One HTML page that needs nothing else: no script, no network; it is well-formed XML as well.
  ///
  /// Everything from the script and from data passes through `Markup`, which escapes it.
  package var html: String {
    var page = Markup()
    page.literal("<!DOCTYPE html>\n")
    page.element("html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"]) { page in
      page.element("head") { page in
        page.void("meta", ["charset": "utf-8"])
        page.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        page.void("meta", ["name": "color-scheme", "content": "light dark"])
        page.void("meta", ["name": "generator", "content": "recline \(Program.version)"])
        page.element("title", text: title)
        page.element("style") { page in
          page.literal(ReportStyle.sheet)
          page.literal(ChartStyle.sheet)
        }
      }
      page.element("body") { page in
        page.element("main") { writeParts(into: &$0) }
        page.element("footer") { writeFoot(into: &$0) }
      }
    }
    return page.text + "\n"
  }

  private func writeFoot(into page: inout Markup) {
    page.element("p", text: "\(origin) · \(notebook.source.name.split(separator: "/").last ?? "")")
    guard !record.files.isEmpty else { return }
    page.element("details") { page in
      page.element("summary", text: "Data: \(counted(record.files.count, "file"))")
      page.element("ul") { page in
        for file in record.files {
          page.element("li") { page in
            page.write("\(file.path) · \(counted(file.rows, "row")) · \(counted(file.users, "user")) · ")
            page.write("\(counted(file.items, "item")) · SHA-256 ")
            page.element("code", text: file.digest)
          }
        }
      }
    }
  }

  private func writeParts(into page: inout Markup) {
    let passages = shownParts
    var writer = ProseWriter(headings: Self.headings(of: passages.map(\.part)))
    for problem in problems { writeMessage(problem, into: &page) }
    for (part, outputs) in passages {
      switch part {
      case .prose(let blocks, _): writer.write(blocks, into: &page)
      case .exercise(let exercise): write(exercise, into: &page)
      case .passage(let passage):
        page.element("pre", ["class": "code"]) { page in
          page.element("code") { write(passage, into: &$0) }
        }
        if !outputs.isEmpty {
          page.element("div", ["class": "outputs"]) { page in
            for output in outputs { write(output.content, into: &page) }
          }
        }
      }
    }
    switch ending {
    case .failed: page.element("p", ["class": "ending"], text: "The run ended here, with an error.")
    case .interrupted: page.element("p", ["class": "ending"], text: "The run was interrupted here.")
    case nil: break
    }
  }

  /// The headings below the first level, in order.
  private static func headings(of parts: [Notebook.Part]) -> [(level: Int, text: String)] {
    var headings: [(level: Int, text: String)] = []
    for case .prose(let blocks, _) in parts {
      for case .heading(let level, let spans) in blocks where level > 1 { headings.append((level, spans.plainText)) }
    }
    return headings
  }

  private func write(_ passage: RecordedScript.Passage, into page: inout Markup) {
    let source = notebook.source
    var written = passage.code.start
    for span in highlighting.spans where span.range.start >= written && span.range.end <= passage.code.end {
      page.write(source.text(in: SourceRange(written, span.range.start)))
      page.element("span", ["class": span.kind.rawValue], text: source.text(in: span.range))
      written = span.range.end
    }
    page.write(source.text(in: SourceRange(written, passage.code.end)))
  }

  private func write(_ exercise: Exercise, into page: inout Markup) {
    page.element("section", ["class": "exercise"]) { page in
      page.element("p") { page in
        page.element("strong", text: "Exercise. ")
        ProseWriter.write(MarkdownSpanParser.spans(of: exercise.question), into: &page)
      }
      for (place, hint) in exercise.hints.enumerated() {
        page.element("details") { page in
          page.element("summary", text: exercise.hints.count > 1 ? "Hint \(place + 1)" : "Hint")
          page.element("p") { ProseWriter.write(MarkdownSpanParser.spans(of: hint), into: &$0) }
        }
      }
      if !exercise.solution.isEmpty {
        page.element("details") { page in
          page.element("summary", text: "Solution")
          page.element("pre", text: exercise.solution.map(\.text).joined(separator: "\n"))
        }
      }
    }
  }

  // MARK: Outputs

  /// Lines of text, or rows of a table, beyond which an output is folded.
  private static let foldLimit = 30

  private func write(_ content: Output.Content, into page: inout Markup) {
    switch content {
    case .figure(let figure): page.element("figure") { VectorChart(figure).draw(into: &$0) }
    case .value(let number): page.element("pre", text: shown(number))
    case .summary(let summary):
      page.element("p", ["class": "summary"]) { page in
        page.element("b", text: summary.name.onOneLine)
        page.write("  " + summary.phrase.onOneLine)
      }
    case .warning(let diagnostic), .error(let diagnostic): writeMessage(diagnostic, into: &page)
    case .text(let text):
      guard !text.isEmpty else { return }
      let count = text.split(separator: "\n", omittingEmptySubsequences: false).count
      folded(count > Self.foldLimit, counted(count, "line"), &page) { $0.element("pre", text: text) }
    case .table(let table):
      let grid = Grid(table)
      folded(grid.rowCount > Self.foldLimit, counted(grid.rowCount, "row"), &page) { page in
        write(table, grid, into: &page)
      }
    }
  }

  private func folded(_ isLong: Bool, _ summary: String, _ page: inout Markup, _ content: (inout Markup) -> Void) {
    guard isLong else { return content(&page) }
    page.element("details") { page in
      page.element("summary", text: summary)
      content(&page)
    }
  }

  private func writeMessage(_ diagnostic: Diagnostic, into page: inout Markup) {
    let text = DiagnosticRenderer(width: 100).render(diagnostic, in: notebook.source)
    page.element("pre", ["class": diagnostic.severity.rawValue], text: text)
  }

  private func write(_ table: Table, _ grid: Grid, into page: inout Markup) {
    let look = Markup.TableLook.styled(isDense: grid.columns.count > 5)
    page.element("div", ["class": "wide"]) { $0.write(table, grid, look) }
    page.writeNotes(of: table, grid, look)
  }
}
