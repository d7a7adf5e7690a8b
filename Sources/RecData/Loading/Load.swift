package import RecKernels

/// Reads a file or a folder of ratings, or a table of items or users.
///
/// - Throws: `DataError` for what is wrong with the files or the options, `Cancelled` when asked to stop.
package func load(_ path: String, options: LoadOptions = LoadOptions(), execution: Execution) throws -> Loaded {
  let sources: LoadSources
  switch fileKind(path) {
  case .missing: throw DataError.missing(path: path, nearest: nearestPaths(to: path))
  case .unreadable: throw DataError.unreadable(path: path, reason: "permission denied")
  case .directory: sources = try LoadSources(folder: path, options: options)
  case .file: sources = try LoadSources(file: path, options: options)
  }
  return try LoadedFiles(sources, options: options, execution: execution).joined()
}

/// The files to read, each opened and recognised.
struct LoadSources: Sendable {
  struct File: Sendable {
    let source: TextSource
    let shape: TableShape
    let layout: FileLayout?
  }

  let name: String
  let format: String
  var files: [TableKind: File] = [:]

  init(file path: String, options: LoadOptions) throws(DataError) {
    name = Self.baseName(path, droppingEnding: true)
    let known = FormatCatalog.layout(ofFile: Self.baseName(path, droppingEnding: false))
    let file = try Self.open(path, known?.layout, options)
    let isParticular = known.map { $0.layout.separator != nil } ?? false
    let kind = options.kind ?? (isParticular ? known?.layout.kind : nil) ?? Self.kind(of: file.shape, options)
    format = isParticular ? known?.format.name ?? "" : Self.describe(file.shape)
    // A layout's names are those of its kind.
    files[kind] = file
  }

  init(folder path: String, options: LoadOptions) throws(DataError) {
    let folder = path.hasSuffix("/") ? path : path + "/"
    name = Self.baseName(path, droppingEnding: false)
    let names: [String]
    do {
      names = try folderNames(path)
    } catch {
      throw TextSource.error(error, path)
    }
    let present = Set(names)
    guard let format = FormatCatalog.all.first(where: { $0.recognizes(present) }) else {
      throw .noRatings(folder: path, recognized: FormatCatalog.recognizedFiles, found: names)
    }
    self.format = format.name
    for kind in options.kind.map({ [$0] }) ?? TableKind.allCases {
      guard let (name, layout) = format.file(kind, in: present) else { continue }
      files[kind] = try Self.open(folder + name, layout, kind == .ratings ? options : options.forTables)
    }
    guard !files.isEmpty else {
      throw .noRatings(folder: path, recognized: FormatCatalog.recognizedFiles, found: names)
    }
  }

  private static func open(_ path: String, _ layout: FileLayout?, _ options: LoadOptions) throws(DataError) -> File {
    let source = try TextSource(
      path: path, encoding: options.encoding, fallsBackToLatin1: layout?.fallsBackToLatin1 ?? false)
    let shape = try TableShape(source, options: options, layout: layout)
    return File(source: source, shape: shape, layout: layout)
  }

  /// What a file holds, by its columns.
  private static func kind(of shape: TableShape, _ options: LoadOptions) -> TableKind {
    guard shape.hasUsualNames else { return .ratings }
    let hasUser = options.user != nil || ColumnNames.place(ColumnNames.user, in: shape.columns) != nil
    let hasItem = options.item != nil || ColumnNames.place(ColumnNames.item, in: shape.columns) != nil
    let hasText = ColumnNames.place(ColumnNames.title + ColumnNames.genres, in: shape.columns) != nil
    if hasUser, hasItem { return .ratings }
    if hasItem || hasText { return .items }
    return hasUser ? .users : .ratings
  }

  static func describe(_ shape: TableShape) -> String {
    let separator =
      switch shape.dialect.separator.text {
      case "\t": "tab-separated"
      case ",": "comma-separated"
      case " ": "space-separated"
      case let other: "'\(other)'-separated"
      }
    return "\(separator) text \(shape.hasHeader ? "with" : "without") header"
  }

  static func baseName(_ path: String, droppingEnding: Bool) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    guard let last = parts.last else { return "data" }
    guard droppingEnding, let dot = last.lastIndex(of: "."), dot > last.startIndex else { return String(last) }
    let ending = last[last.index(after: dot)...].lowercased()
    return ["csv", "tsv", "txt", "dat", "data"].contains(ending) ? String(last[..<dot]) : String(last)
  }
}

extension LoadOptions {
  /// What of the options is about the tables that stand beside ratings in a folder.
  var forTables: LoadOptions {
    var options = LoadOptions()
    options.encoding = encoding
    options.skipsMalformedLines = skipsMalformedLines
    return options
  }
}
