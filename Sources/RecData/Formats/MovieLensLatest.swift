import RecKernels

extension DataFormat {
  /// `ratings.csv` and `movies.csv` with headers, as in MovieLens 20M and later (Harper & Konstan 2015,
  /// doi:10.1145/2827872).
  package static let movieLensLatest = DataFormat(
    name: "MovieLens latest",
    summary: "ratings.csv and movies.csv with headers, UTF-8, titles in quotation marks where they hold a comma",
    required: [["ratings.csv"], ["movies.csv"]],
    layouts: [
      FileLayout(names: ["ratings.csv"], kind: .ratings),
      FileLayout(names: ["movies.csv"], kind: .items),
      FileLayout(names: ["users.csv"], kind: .users),
    ])
}
