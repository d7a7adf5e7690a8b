extension Metric {
  /// The share of all items that anybody is shown.
  package static let coverage = Metric(
    "coverage", summary: "share of all items that stand in somebody's first k", cutoff: .listLength,
    isLargerBetter: true,
    definition: """
      coverage = (distinct items in the lists of all judged users) / (all items of the dataset), the list of a user being \
      the first k items that `recommend` would show; k is the list length of `eval` (at=10) unless written: coverage@20.

      Judged users are those with a relevant test item. The denominator holds every item of the dataset, those nobody \
      rated included. Lists break ties by id, as recommendations do, and leave out items that the model cannot score; they \
      are made from all candidates, also when candidates=sampled.

      It has no interval: a resample of users always covers less than all of them. Aggregate diversity and catalogue \
      coverage are other names for it; some libraries divide by the items with a training rating.
      """,
    source: "Ge, Delgado-Battenfeld & Jannach, Beyond accuracy, 2010, doi:10.1145/1864708.1864761",
    measure: .exposure { exposure in
      exposure.listCount > 0 && !exposure.listCounts.isEmpty
        ? Double(exposure.listCounts.count { $0 > 0 }) / Double(exposure.listCounts.count) : nil
    })
}
