import FoundationEssentials
import RecAlgebra

/// The ratings of `ml-latest-small`, where the data lies beside the repository.
enum MovieLensRatings {
  /// Users × items, indices in the order of the ids; nil where there is no data.
  static let latestSmall: SparseRows? = {
    let path = "\(#filePath)".split(separator: "/").dropLast(4).reduce(into: "") { $0 += "/" + $1 }
    guard let data = try? Data(contentsOf: URL(filePath: path + "/shared/data/ml-latest-small/ratings.csv")) else {
      return nil
    }
    let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst()
    let fields = lines.map { $0.split(separator: ",") }
    let users = ranks(fields.map { Int($0[0]) ?? 0 })
    let items = ranks(fields.map { Int($0[1]) ?? 0 })
    return SparseRows.counting(
      rows: users.indices, columns: items.indices, values: fields.map { Float($0[2]) ?? 0 }, rowCount: users.count,
      columnCount: items.count)
  }()

  /// The place of each id among the different ids, and how many those are.
  private static func ranks(_ ids: [Int]) -> (indices: [Int32], count: Int) {
    let sorted = Set(ids).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(sorted, Int32(0)...))
    return (ids.map { places[$0] ?? 0 }, sorted.count)
  }
}
