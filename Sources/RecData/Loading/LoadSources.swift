import RecKernels

/// The files to read, each opened and recognised.
struct LoadSources: Sendable {
  let name: String
  let format: String
  private(set) var files: [TableKind: [OpenedFile]] = [:]

  /// One file or folder, or several files that are read as one.
  init(_ paths: [String], options: LoadOptions, execution: Execution) throws {
    let expanded = try paths.flatMap { path throws(DataError) in
      let found = PathPattern.expand(path)
      if found.isEmpty { throw DataError.missing(path: path, nearest: nearestPaths(to: path)) }
      return found
    }
    for path in expanded where path != OpenedFile.standardInput {
      switch fileKind(path) {
      case .missing: throw DataError.missing(path: path, nearest: nearestPaths(to: path))
      case .unreadable: throw DataError.unreadable(path: path, reason: "permission denied")
      case .directory:
        if expanded.count > 1 { throw DataError.isFolder(path: path) }
        self = try LoadSources(folder: path, options: options, execution: execution)
        return
      case .file: break
      }
    }
    name = expanded.first.map { Self.baseName($0, droppingEnding: true) } ?? "data"
    var summaries: [String] = []
    for path in expanded {
      let (kind, file, summary) = try Self.open(file: path, options: options, execution: execution)
      // A layout's names are those of its kind.
      files[kind, default: []].append(file)
      if !summaries.contains(summary) { summaries.append(summary) }
    }
    let summary = summaries.joined(separator: " and ")
    format = expanded.count == 1 ? summary : "\(expanded.count) files of \(summary)"
  }

  private static func open(
    file path: String, options: LoadOptions, execution: Execution
  ) throws -> (kind: TableKind, file: OpenedFile, summary: String) {
    let known = FormatCatalog.layout(ofFile: unpackedName(baseName(path, droppingEnding: false)))
    let particular = known.flatMap { $0.layout.separator == nil ? nil : $0 }
    let file = try OpenedFile(path, known: known?.layout, options: options, execution: execution)
    let kind = options.kind ?? particular?.layout.kind ?? kind(of: file.shape, options)
    return (kind, file, particular?.format.name ?? file.summary)
  }

  private init(folder path: String, options: LoadOptions, execution: Execution) throws {
    let folder = path.hasSuffix("/") ? path : path + "/"
    name = Self.baseName(path, droppingEnding: false)
    let names: [String]
    do {
      names = try folderNames(path)
    } catch {
      throw TextSource.error(error, path)
    }
    let present = Set(names.map(Self.unpackedName))
    guard let format = FormatCatalog.all.first(where: { $0.recognizes(present) }) else {
      throw DataError.noRatings(folder: path, recognized: FormatCatalog.recognizedFiles, found: names)
    }
    self.format = format.name
    for kind in options.kind.map({ [$0] }) ?? TableKind.allCases {
      for (name, layout) in format.files(kind, in: present) {
        var options = kind == .ratings ? options : options.forTables
        options.form = options.form ?? layout.form
        files[kind, default: []].append(
          try OpenedFile(
            folder + (names.contains(name) ? name : name + ".gz"), known: layout, options: options,
            execution: execution))
      }
    }
    guard !files.isEmpty else {
      throw DataError.noRatings(folder: path, recognized: FormatCatalog.recognizedFiles, found: names)
    }
  }

  /// What a file holds, by its columns.
  private static func kind(of shape: TableShape, _ options: LoadOptions) -> TableKind {
    guard shape.hasUsualNames else { return .ratings }
    func has(_ names: [String]) -> Bool { ColumnNames.place(names, in: shape.columns) != nil }
    let hasUser = options.user != nil || has(ColumnNames.user)
    let hasItem = options.item != nil || has(ColumnNames.item)
    let namesFields = options.title != nil || !options.texts.isEmpty || !options.categories.isEmpty || options.id != nil
    if namesFields { return hasUser && !hasItem ? .users : .items }
    if hasUser, hasItem {
      let saysMore = options.event != nil || options.rating != nil || has(ColumnNames.rating) || has(ColumnNames.event)
      return has(ColumnNames.tag) && !saysMore ? .tags : .ratings
    }
    if options.session != nil, hasItem { return .ratings }
    if hasItem || has(ColumnNames.title + ColumnNames.genres) { return .items }
    return hasUser ? .users : .ratings
  }

  /// The name of a file when it is unpacked.
  private static func unpackedName(_ name: String) -> String {
    name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }

  static func baseName(_ path: String, droppingEnding: Bool) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    guard let last = parts.last, path != OpenedFile.standardInput else { return "data" }
    let name = droppingEnding ? unpackedName(String(last)) : String(last)
    guard droppingEnding, let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    let ending = name[name.index(after: dot)...].lowercased()
    return endings.contains(ending) ? String(name[..<dot]) : name
  }

  private static let endings = [
    "csv", "tsv", "txt", "dat", "data", "jsonl", "ndjson", "json", "db", "sqlite", "sqlite3",
  ]
}

extension LoadOptions {
  /// What of the options is about the tables that stand beside ratings in a folder.
  fileprivate var forTables: LoadOptions {
    var options = LoadOptions()
    options.encoding = encoding
    options.skipsMalformedLines = skipsMalformedLines
    return options
  }
}
