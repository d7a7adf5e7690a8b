internal import RecAlgebra
internal import RecKernels

/// For every item, the rated items that are its neighbours, in the order of the history.
struct NeighborCandidates {
  private let offsets: [Int]
  private let entries: [(place: Int, similarity: Float)]

  /// - Parameter rows: matrices of rated items × items without a common entry.
  init(_ items: [Int32], _ rows: SparseRows...) {
    var offsets = [Int](repeating: 0, count: (rows.first?.columnCount ?? 0) + 1)
    for matrix in rows {
      for rated in items {
        for entry in matrix.row(Int(rated)) { offsets[Int(matrix.columns[entry]) + 1] += 1 }
      }
    }
    for item in 1..<offsets.count { offsets[item] += offsets[item - 1] }
    var entries = [(place: Int, similarity: Float)](repeating: (0, 0), count: offsets[offsets.count - 1])
    var next = offsets
    for (place, rated) in items.enumerated() {
      for matrix in rows {
        for entry in matrix.row(Int(rated)) {
          let item = Int(matrix.columns[entry])
          entries[next[item]] = (place, matrix.values[entry])
          next[item] += 1
        }
      }
    }
    self.offsets = offsets
    self.entries = entries
  }

  func neighbors(of item: Int) -> ArraySlice<(place: Int, similarity: Float)> {
    entries[offsets[item]..<offsets[item + 1]]
  }
}

/// The `count` most similar of some neighbours, of equal ones the earlier, in the order in which they come.
func nearest(_ neighbors: some Collection<(place: Int, similarity: Float)>, _ count: Int) -> [(
  place: Int, similarity: Float
)] {
  if neighbors.count <= count { return Array(neighbors) }
  var places = neighbors.map { Int32($0.place) }
  var similarities = neighbors.map(\.similarity)
  var bits = [UInt32](repeating: 0, count: places.count)
  let kept = NeighborKernels.keepLargest(
    count, of: neighbors.count, columns: &places, values: &similarities, scratch: &bits)
  return (0..<kept).map { (Int(places[$0]), similarities[$0]) }
}

extension SparseRows {
  /// The entry of a row and column; nil where there is none.
  func value(row: Int, column: Int) -> Float? {
    let entries = self.row(row)
    var (low, high) = (entries.lowerBound, entries.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < column { low = middle + 1 } else { high = middle }
    }
    return low < entries.upperBound && columns[low] == column ? values[low] : nil
  }
}
