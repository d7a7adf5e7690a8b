import RecAlgebra
import RecData
import RecKernels

/// The ratings of `ml-latest-small`, where the data lies beside the repository.
enum MovieLensRatings {
  /// Users × items, indices in the order of the ids; nil where there is no data.
  static let latestSmall: SparseRows? = {
    let path = "\(#filePath)".split(separator: "/").dropLast(4).reduce(into: "") { $0 += "/" + $1 }
    let loaded = try? load(path + "/shared/data/ml-latest-small/ratings.csv", execution: Execution())
    return loaded?.dataset?.interactions
  }()
}
