/// A way in which data comes as files: the names that tell it and how each file is laid out.
package struct DataFormat: Sendable {
  /// As `load` says it, such as "MovieLens 100k".
  package let name: String
  /// One line without a full stop.
  package let summary: String
  /// Files that a folder must have; the first that it has of each list counts.
  let required: [[String]]
  let layouts: [FileLayout]

  /// Whether a folder with these files is in this format.
  func recognizes(_ names: Set<String>) -> Bool {
    !required.isEmpty && required.allSatisfy { $0.contains(where: names.contains) }
  }

  /// The names and layouts of the files of one kind in a folder, one for each layout that it has a file of.
  func files(_ kind: TableKind, in names: Set<String>) -> [(name: String, layout: FileLayout)] {
    layouts.filter { $0.kind == kind }.compactMap { layout in
      layout.names.first(where: names.contains).map { ($0, layout) }
    }
  }
}
