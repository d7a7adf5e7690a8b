extension DataFormat {
  /// Any table of text: separator, header and columns are recognised from its first lines (quoting by RFC 4180).
  package static let delimited = DataFormat(
    name: "delimited text",
    summary: "CSV, TSV, or `;`, `|`, `::` between columns, with or without a header",
    required: [ratings],
    layouts: [
      FileLayout(names: ratings, kind: .ratings),
      FileLayout(names: ["items.csv", "items.tsv", "items.txt", "movies.csv", "movies.tsv"], kind: .items),
      FileLayout(names: ["users.csv", "users.tsv", "users.txt"], kind: .users),
    ])

  private static let ratings = [
    "ratings.csv", "ratings.tsv", "ratings.txt", "interactions.csv", "interactions.tsv", "events.csv", "events.tsv",
  ]
}
