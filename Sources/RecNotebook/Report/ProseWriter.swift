import RecLanguage

/// Writes the blocks of prose as HTML, with the contents below the first heading.
struct ProseWriter {
  /// Those below the first level, which are numbered for the links to them.
  let headings: [(level: Int, text: String)]
  private var headingsWritten = 0
  private var hasContents = false

  init(headings: [(level: Int, text: String)]) {
    self.headings = headings
  }

  mutating func write(_ blocks: [MarkdownBlock], into page: inout Markup) {
    for block in blocks { write(block, into: &page) }
  }

  private mutating func write(_ block: MarkdownBlock, into page: inout Markup) {
    switch block {
    case .heading(level: 1, let spans):
      page.element("h1") { Self.write(spans, into: &$0) }
      writeContents(into: &page)
    case .heading(let level, let spans):
      writeContents(into: &page)
      headingsWritten += 1
      let names: [StaticString] = ["h2", "h3", "h4", "h5", "h6"]
      page.element(names[min(max(level - 2, 0), 4)], ["id": "s\(headingsWritten)"]) { Self.write(spans, into: &$0) }
    case .paragraph(let spans): page.element("p") { Self.write(spans, into: &$0) }
    case .list(let first, let items):
      var writer = self
      page.element(first == nil ? "ul" : "ol", first.map { $0 == 1 ? [:] : ["start": "\($0)"] } ?? [:]) { page in
        for item in items {
          page.element("li") { page in
            // A paragraph alone stands in its item without the space around paragraphs.
            if item.count == 1, case .paragraph(let spans) = item[0] { return Self.write(spans, into: &page) }
            writer.write(item, into: &page)
          }
        }
      }
      self = writer
    case .code(_, let lines): page.element("pre", text: lines.joined(separator: "\n"))
    case .table(let header, let alignments, let rows): Self.write(header, alignments, rows, into: &page)
    case .quote(let blocks):
      var writer = self
      page.element("blockquote") { writer.write(blocks, into: &$0) }
      self = writer
    case .rule: page.void("hr")
    }
  }

  /// Links to the headings, once, where there are several.
  private mutating func writeContents(into page: inout Markup) {
    guard !hasContents else { return }
    hasContents = true
    guard headings.count > 1 else { return }
    page.element("nav", ["aria-label": "Contents"]) { page in
      page.element("ul") { page in
        for (place, heading) in headings.enumerated() {
          page.element("li", ["class": "level\(heading.level)"]) { page in
            page.element("a", ["href": "#s\(place + 1)"], text: heading.text)
          }
        }
      }
    }
  }

  private static func write(
    _ header: [[MarkdownSpan]], _ alignments: [MarkdownAlignment], _ rows: [[[MarkdownSpan]]], into page: inout Markup
  ) {
    func attributes(_ column: Int) -> Markup.Attributes {
      switch column < alignments.count ? alignments[column] : .left {
      case .left: [:]
      case .center: ["class": "middle"]
      case .right: ["class": "number"]
      }
    }
    page.element("div", ["class": "wide"]) { page in
      page.element("table") { page in
        page.element("thead") { page in
          page.element("tr") { page in
            for (column, cell) in header.enumerated() {
              page.element("th", attributes(column)) { write(cell, into: &$0) }
            }
          }
        }
        page.element("tbody") { page in
          for row in rows {
            page.element("tr") { page in
              for (column, cell) in row.enumerated() {
                page.element("td", attributes(column)) { write(cell, into: &$0) }
              }
            }
          }
        }
      }
    }
  }

  static func write(_ spans: [MarkdownSpan], into page: inout Markup) {
    for span in spans {
      switch span {
      case .text(let text): page.write(text)
      case .code(let text): page.element("code", text: text)
      case .emphasis(let inner): page.element("em") { write(inner, into: &$0) }
      case .strong(let inner): page.element("strong") { write(inner, into: &$0) }
      case .link(let inner, let address):
        guard isHarmless(address) else {
          write(inner, into: &page)
          continue
        }
        page.element("a", ["href": address, "rel": "noreferrer"]) { write(inner, into: &$0) }
      }
    }
  }

  /// Whether an address only leads somewhere: `javascript:` and its like become plain text.
  static func isHarmless(_ address: String) -> Bool {
    let scheme = address.unicodeScalars.prefix { $0 != ":" && $0 != "/" && $0 != "?" && $0 != "#" }
    guard scheme.endIndex < address.unicodeScalars.endIndex, address.unicodeScalars[scheme.endIndex] == ":" else {
      return true
    }
    return ["http", "https", "mailto"].contains(String(scheme).lowercased())
  }
}
