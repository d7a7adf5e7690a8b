/// The factors of all items twice over: by rows, to look an item up, and in panels, to score them all; `itemCount × rank`.
///
/// Saved once: the panels are made again from the rows.
package struct ItemFactors: Sendable, Equatable, Codable {
  package let rows: DenseMatrix
  package let panels: PackedFactors

  package init(_ rows: DenseMatrix) {
    self.rows = rows
    panels = PackedFactors(rows)
  }

  package var itemCount: Int { rows.rowCount }
  package var rank: Int { rows.columnCount }

  package func encode(to encoder: any Encoder) throws { try rows.encode(to: encoder) }
  package init(from decoder: any Decoder) throws { self.init(try DenseMatrix(from: decoder)) }
}
