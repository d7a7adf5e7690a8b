import FoundationEssentials
import RecAlgebra

/// The ratings of `ml-latest-small`, where the data lies beside the repository.
enum MovieLens {
  /// Users × items, indices in the order of the ids.
  static let latestSmall: SparseRows? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.deletingLastPathComponent().appending(path: "shared/data/ml-latest-small/ratings.csv")
    guard let data = try? Data(contentsOf: file) else { return nil }
    let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst()
    let fields = lines.map { $0.split(separator: ",") }
    let users = places(fields.map { Int($0[0]) ?? 0 })
    let items = places(fields.map { Int($0[1]) ?? 0 })
    return SparseRows.counting(
      rows: users.indices, columns: items.indices, values: fields.map { Float($0[2]) ?? 0 }, rowCount: users.count,
      columnCount: items.count)
  }()

  /// As `centred` in `Reference/singular_values.py`: minus mean and damped item and user means.
  static func centred(_ ratings: SparseRows) -> SparseRows {
    let mean = ratings.values.reduce(0.0) { $0 + Double($1) } / Double(ratings.entryCount)
    var rest = ratings.values.map { Double($0) - mean }
    var (sums, counts) = (
      [Double](repeating: 0, count: ratings.columnCount), [Double](repeating: 5, count: ratings.columnCount)
    )
    for (entry, column) in ratings.columns.enumerated() {
      sums[Int(column)] += rest[entry]
      counts[Int(column)] += 1
    }
    for (entry, column) in ratings.columns.enumerated() { rest[entry] -= sums[Int(column)] / counts[Int(column)] }
    for row in 0..<ratings.rowCount {
      let range = ratings.row(row)
      let user = range.reduce(0.0) { $0 + rest[$1] } / Double(range.count + 5)
      for entry in range { rest[entry] -= user }
    }
    return ratings.replacingValues(rest.map { Float($0) })
  }

  /// The place of each id among the different ids, and how many those are.
  private static func places(_ ids: [Int]) -> (indices: [Int32], count: Int) {
    let sorted = Set(ids).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(sorted, Int32(0)...))
    return (ids.map { places[$0] ?? 0 }, sorted.count)
  }
}
