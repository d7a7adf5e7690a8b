import RecKernels

extension DataFormat {
  /// Tab-separated `u.data`, and `u.item` and `u.user` with bars, ISO-8859-1 (GroupLens, 1998).
  package static let movieLens100k = DataFormat(
    name: "MovieLens 100k",
    summary: "u.data with tabs; u.item and u.user with bars, ISO-8859-1, a column of 0 and 1 for each genre",
    required: [["u.data"]],
    layouts: [
      FileLayout(
        names: ["u.data"], kind: .ratings, separator: Separator(0x09), isQuoting: false, hasHeader: false,
        columns: ["user", "item", "rating", "timestamp"]),
      FileLayout(
        names: ["u.item"], kind: .items, separator: Separator(0x7C), isQuoting: false, hasHeader: false,
        fallsBackToLatin1: true,
        columns: ["item", "title", "release_date", "video_release_date", "url"]
          + genres.map { "is_\($0.lowercased())" },
        flags: FileLayout.Flags(field: "genres", first: 5, labels: genres)),
      FileLayout(
        names: ["u.user"], kind: .users, separator: Separator(0x7C), isQuoting: false, hasHeader: false,
        fallsBackToLatin1: true, columns: ["user", "age", "gender", "occupation", "zip"]),
    ])

  /// In the order of `u.genre`; the first column stands for "unknown".
  private static let genres = [
    "", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama", "Fantasy",
    "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
  ]
}
