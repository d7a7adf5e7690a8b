import RecKernels

/// A column of a file of users or items, in the order of the file.
struct FieldSource: Sendable {
  let name: String
  let column: TextColumn
  let place: Int
}

/// Which columns of a table of users or items were said to be what.
struct FieldChoices: Sendable {
  let title: Int?
  let texts: [Int]
  let categories: Set<Int>
  /// What stands between labels; nil where the content tells.
  let labelSeparator: UInt8?

  init(_ shape: TableShape, options: LoadOptions, labelSeparator: UInt8?, path: String) throws(DataError) {
    title = try shape.place("title", options.title, path: path)
    texts = try options.texts.map { name throws(DataError) in try shape.place("text", name, path: path) ?? 0 }
    categories = Set(
      try options.categories.map { name throws(DataError) in try shape.place("categories", name, path: path) ?? 0 })
    self.labelSeparator = labelSeparator
  }
}

/// Turns columns of text into fields: titles, genres, numbers, text.
struct FieldBuilder: Sendable {
  /// The row of the file for each index.
  let order: [Int]
  let flags: FileLayout.Flags?
  let idColumn: Int
  /// Whether the columns have names of their own.
  let hasHeader: Bool
  let choices: FieldChoices

  /// The fields in the order of the file, empty columns left out.
  func fields(_ sources: [FieldSource], workers: Workers) -> [(name: String, column: FieldColumn)] {
    let flagged = flags.map { $0.first..<$0.first + $0.labels.count } ?? 0..<0
    let texts = choices.texts.filter { $0 != idColumn }
    let plain = sources.filter {
      $0.place != idColumn && !flagged.contains($0.place) && !texts.dropFirst().contains($0.place)
    }
    let title = choices.title ?? usual(ColumnNames.title, plain.filter { !texts.contains($0.place) })
    let genres = usual(ColumnNames.genres, plain)
    var fields: [(name: String, column: FieldColumn)] = []
    let made = workers.map(plain.count) { index -> (String, FieldColumn)? in
      let source = plain[index]
      let column = sorted(source.column)
      if source.place == title { return ("title", .text(column)) }
      if source.place == texts.first {
        return ("text", .text(Self.joined(texts.map { place in sorted(sources[place].column) })))
      }
      if choices.categories.contains(source.place) || (choices.categories.isEmpty && source.place == genres) {
        let name = source.place == genres ? "genres" : hasHeader ? source.name : "field\(source.place + 1)"
        return (name, .categories(Self.labels(column, separator: choices.labelSeparator)))
      }
      if column.bytes.isEmpty { return nil }
      return (hasHeader ? source.name : "field\(source.place + 1)", Self.numbers(column) ?? .text(column))
    }
    for case let (name, column)? in made { fields.append((Self.unused(name, fields.map(\.name)), column)) }
    if let flags {
      let columns = flagged.filter { $0 < sources.count }.map { sources[$0].column }
      fields.append((flags.field, .categories(flagLabels(columns, flags.labels))))
    }
    return fields
  }

  private func usual(_ names: [String], _ sources: [FieldSource]) -> Int? {
    ColumnNames.place(names, in: sources.map(\.name)).map { sources[$0].place }
  }

  /// The texts of several columns, a space between two.
  private static func joined(_ columns: [TextColumn]) -> TextColumn {
    if columns.count == 1 { return columns[0] }
    var joined = TextColumn()
    for row in 0..<(columns.first?.count ?? 0) {
      joined.append(utf8: Array(columns.map { $0.utf8(row) }.filter { !$0.isEmpty }.joined(separator: [0x20])))
    }
    return joined
  }

  private func sorted(_ column: TextColumn) -> TextColumn {
    if order.count == column.count, zip(order, 0...).allSatisfy({ $0 == $1 }) { return column }
    var sorted = TextColumn()
    for row in order { sorted.append(utf8: column.utf8(row)) }
    return sorted
  }

  /// A name that no field has yet.
  private static func unused(_ name: String, _ taken: [String]) -> String {
    let name = name.isEmpty ? "field" : name
    guard taken.contains(name) else { return name }
    var number = 2
    while taken.contains("\(name)_\(number)") { number += 1 }
    return "\(name)_\(number)"
  }

  /// Labels with bars between them, or else semicolons, or commas; `(no genres listed)` and an empty text are none.
  static func labels(_ column: TextColumn, separator: UInt8?) -> CategoryColumn {
    let none = Array("(no genres listed)".utf8)
    let separator = separator ?? [0x7C, 0x3B, 0x2C].first(where: column.bytes.contains) ?? 0x7C
    return CategoryColumn(
      (0..<column.count).map { row in
        let text = column.utf8(row)
        if text.isEmpty || text.elementsEqual(none) { return [] }
        return text.split(separator: separator).map { Self.trimmed($0) }.filter { !$0.isEmpty }
      })
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> String {
    var text = text
    while text.first == 0x20 { text.removeFirst() }
    while text.last == 0x20 { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  private func flagLabels(_ columns: [TextColumn], _ labels: [String]) -> CategoryColumn {
    CategoryColumn(
      order.map { row in
        zip(columns, labels).compactMap { column, label in
          !label.isEmpty && column.utf8(row).elementsEqual([0x31]) ? label : nil
        }
      })
  }

  /// Numbers where every text that is not empty is a finite one.
  static func numbers(_ column: TextColumn) -> FieldColumn? {
    var numbers: [Double] = []
    numbers.reserveCapacity(column.count)
    var hasNumber = false
    for row in 0..<column.count {
      let text = column.utf8(row)
      if text.isEmpty {
        numbers.append(.nan)
        continue
      }
      guard let number = TextScan.decimal(Array(text).span) ?? Double(String(decoding: text, as: UTF8.self)),
        number.isFinite, !(text.count > 1 && text.first == 0x30 && text.dropFirst().first != 0x2E)
      else { return nil }
      numbers.append(number)
      hasNumber = true
    }
    return hasNumber ? .number(numbers) : nil
  }
}
