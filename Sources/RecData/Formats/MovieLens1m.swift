import RecKernels

extension DataFormat {
  /// `ratings.dat`, `movies.dat` and `users.dat` with `::`, as in MovieLens 1M and 10M (GroupLens, 2003 and 2009).
  package static let movieLens1m = DataFormat(
    name: "MovieLens 1M",
    summary: "ratings.dat, movies.dat and users.dat with `::` between columns, ISO-8859-1 or UTF-8",
    required: [["ratings.dat"]],
    layouts: [
      FileLayout(
        names: ["ratings.dat"], kind: .ratings, separator: colons, isQuoting: false, hasHeader: false,
        columns: ["user", "item", "rating", "timestamp"]),
      FileLayout(
        names: ["movies.dat"], kind: .items, separator: colons, isQuoting: false, hasHeader: false,
        fallsBackToLatin1: true, columns: ["item", "title", "genres"]),
      FileLayout(
        names: ["users.dat"], kind: .users, separator: colons, isQuoting: false, hasHeader: false,
        fallsBackToLatin1: true, columns: ["user", "gender", "age", "occupation", "zip"]),
    ])

  private static let colons = Separator(0x3A, 0x3A)
}
