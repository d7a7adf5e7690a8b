extension Metric {
  /// How unlike the items of one list are.
  package static let diversity = Metric(
    "diversity", summary: "mean distance of the items of a list from one another", cutoff: .always,
    isLargerBetter: true,
    definition: """
      diversity@k = the mean of 1 − cosine(i, j) over all pairs of the first k items, for each user; then the mean over users \
      with a relevant test item. 0 is a list of items that are all alike, 1 one of items with nothing in common.

      Items are compared by their labels, such as genres, each a column of 0 and 1; where the items have no labels, by the \
      TF-IDF vectors of their texts (as `tfidf` makes them). Pairs with an item of which nothing is known are left out, and a \
      list without any pair is left out, too. Items without any field at all are an error.

      Lists are those of coverage: the first k items that `recommend` would show, ties by id. Intra-list similarity is \
      1 − diversity.
      """,
    source: """
      Smyth & McClave 2001, doi:10.1007/3-540-44593-5_25; Ziegler, McNee, Konstan & Lausen 2005, \
      doi:10.1145/1060745.1060754
      """, needsContent: true,
    measure: .list { items, audience in audience.content?.meanDistance(of: items) })
}
