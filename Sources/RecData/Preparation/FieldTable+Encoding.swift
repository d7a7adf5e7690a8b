/// How the labels of a field become numbers.
package enum FieldEncoding: String, Sendable, CaseIterable {
  /// A column of zeros and ones for each label; every row has one label at most.
  case onehot
  /// The same where a row has several labels.
  case multihot
  /// One column with the place of the label in their order, from 0.
  case ordinal
}

extension FieldTable {
  /// The columns that a field becomes: `genres_Drama` and so on with zeros and ones, or `genres_code` with places.
  ///
  /// Labels are in order of their bytes, numbers of their value. A row without a label has zeros, or no place.
  ///
  /// - Throws: `FieldProblem`; the field must be there.
  package func encoded(
    _ field: String, as encoding: FieldEncoding, limit: Int = 1000
  ) throws(FieldProblem) -> [(name: String, column: FieldColumn)] {
    guard let column = self[field] else { preconditionFailure("the field is there") }
    let (labels, rows) = column.labelPlaces
    guard !labels.isEmpty else { throw .nothingKnown }
    if encoding != .multihot, let several = rows.first(where: { $0.count > 1 }) {
      throw .severalLabels(several.map { labels[$0] })
    }
    if encoding == .ordinal {
      return [("\(field)_code", .number(rows.map { row in row.first.map { Double($0) } ?? .nan }))]
    }
    guard labels.count <= limit else { throw .tooManyValues(labels.count, limit: limit) }
    var taken: Set<String> = []
    return labels.enumerated().map { place, label in
      let words = label.split { $0.isWhitespace || "()<>=!&|~,;{}\"'".contains($0) }
      let base = "\(field)_\(words.joined(separator: "_"))"
      var name = base
      var number = 1
      // Names are asked without regard to case.
      while !taken.insert(name.lowercased()).inserted {
        number += 1
        name = "\(base)_\(number)"
      }
      return (name, .number(rows.map { $0.contains(place) ? 1 : 0 }))
    }
  }
}

extension FieldColumn {
  /// The different labels, and for each row the places of its own.
  fileprivate var labelPlaces: (labels: [String], rows: [[Int]]) {
    switch self {
    case .categories(let column):
      let rows = (0..<column.count).map { row in
        column.members[column.offsets[row]..<column.offsets[row + 1]].map { Int($0) }
      }
      return (column.labels, rows)
    case .text(let texts):
      let column = CategoryColumn((0..<texts.count).map { texts.utf8($0).isEmpty ? [] : [texts[$0]] })
      return FieldColumn.categories(column).labelPlaces
    case .number(let numbers):
      let values = Set(numbers.filter { !$0.isNaN }).sorted()
      let places = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
      return (values.map(Self.text), numbers.map { number in places[number].map { [$0] } ?? [] })
    }
  }
}
