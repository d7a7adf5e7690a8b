import RecAlgebra

/// The guide's own examples.
package enum GuideData {
  /// Users 1–4 and items 1–4: `[[5,3,0,1],[4,0,0,1],[1,1,0,5],[0,0,0,4]]`, where 0 is no rating.
  package static var ratings: Dataset {
    let matrix: [[Float]] = [[5, 3, 0, 1], [4, 0, 0, 1], [1, 1, 0, 5], [0, 0, 0, 4]]
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for row in matrix {
      for (column, value) in row.enumerated() where value != 0 {
        columns.append(Int32(column))
        values.append(value)
      }
      offsets.append(columns.count)
    }
    return Dataset(
      name: "guide",
      entities: Entities(
        users: Vocabulary(sorted: .numbers([1, 2, 3, 4])), items: Vocabulary(sorted: .numbers([1, 2, 3, 4]))),
      interactions: SparseRows(rowCount: 4, columnCount: 4, offsets: offsets, columns: columns, values: values),
      feedback: .ratings(RatingScale(lowest: 1, highest: 5, relevant: 4)))
  }

  /// Items 1–3, the three documents, with the field `text`; nobody has rated them.
  package static var documents: Dataset {
    let texts = ["I love sci-fi movies", "I love romantic movies", "I hate horror movies"]
    return Dataset(
      name: "guide",
      entities: Entities(
        users: Vocabulary(sorted: .numbers([])), items: Vocabulary(sorted: .numbers([1, 2, 3])),
        itemFields: FieldTable([("text", .text(TextColumn(texts)))], describedCount: 3)),
      interactions: SparseRows(rowCount: 0, columnCount: 3, offsets: [0], columns: [], values: []),
      feedback: .events)
  }
}
