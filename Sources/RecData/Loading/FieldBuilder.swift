import RecKernels

/// A column of a file of users or items, in the order of the file.
struct FieldSource: Sendable {
  let name: String
  let column: TextColumn
  let place: Int
}

/// Turns columns of text into fields: titles, genres, numbers, text.
struct FieldBuilder: Sendable {
  /// The row of the file for each index.
  let order: [Int]
  let flags: FileLayout.Flags?
  let idColumn: Int
  /// Whether the columns have names of their own.
  let hasHeader: Bool

  /// The fields in the order of the file, empty columns left out.
  func fields(_ sources: [FieldSource], workers: Workers) -> [(name: String, column: FieldColumn)] {
    let flagged = flags.map { $0.first..<$0.first + $0.labels.count } ?? 0..<0
    let plain = sources.filter { $0.place != idColumn && !flagged.contains($0.place) }
    let titleName = usual(ColumnNames.title, plain)
    let genreName = usual(ColumnNames.genres, plain)
    var fields: [(name: String, column: FieldColumn)] = []
    let made = workers.map(plain.count) { index -> (String, FieldColumn)? in
      let source = plain[index]
      if source.name == titleName { return ("title", .text(sorted(source.column))) }
      if source.name == genreName { return ("genres", .categories(Self.labels(sorted(source.column)))) }
      let column = sorted(source.column)
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

  private func usual(_ names: [String], _ sources: [FieldSource]) -> String? {
    ColumnNames.place(names, in: sources.map(\.name)).map { sources[$0].name }
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

  /// Labels between bars; `(no genres listed)` and an empty text are none.
  static func labels(_ column: TextColumn) -> CategoryColumn {
    let none = Array("(no genres listed)".utf8)
    return CategoryColumn(
      (0..<column.count).map { row in
        let text = column.utf8(row)
        if text.isEmpty || text.elementsEqual(none) { return [] }
        return text.split(separator: 0x7C).map { Self.trimmed($0) }.filter { !$0.isEmpty }
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
