extension DataFormat {
  /// `train.txt` and `test.txt` with a user and its items a line, of which both are read (He et al. 2020,
  /// doi:10.1145/3397271.3401063).
  package static let lightGCN = DataFormat(
    name: "LightGCN's adjacency lists, train.txt and test.txt together",
    summary: "train.txt and test.txt, each line a user and its items",
    required: [["train.txt"], ["test.txt"]],
    layouts: [
      FileLayout(names: ["train.txt"], kind: .ratings, form: .adjacency),
      FileLayout(names: ["test.txt"], kind: .ratings, form: .adjacency),
    ])
}
