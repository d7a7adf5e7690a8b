extension ErrorGuide {
  private static let file = "it needs a file of that kind"

  /// What is wrong with files.
  static let data: [ErrorGuide] = [
    ErrorGuide("missing-file", "No file or folder has this path.", "load ratingz.csv", after: .files),
    ErrorGuide("unreadable-file", "The file is there, and the system does not let us read it.", withoutExample: file),
    ErrorGuide("folder-for-file", "A folder stands where a file is wanted.", withoutExample: file),
    ErrorGuide("no-ratings", "A folder is loaded by its ratings, and none was found in it.", withoutExample: file),
    ErrorGuide("empty-file", "The file has nothing in it.", withoutExample: file),
    ErrorGuide("header-only", "The file has a header and no rows.", withoutExample: file),
    ErrorGuide("not-text", "The file is no text in a known encoding; 'encoding=' names one.", withoutExample: file),
    ErrorGuide(
      "malformed-line", "A line does not fit the columns; 'bad=skip' counts and skips such lines.", withoutExample: file
    ),
    ErrorGuide("unknown-column", "The file has no column of this name.", "load ratings.csv user=who", after: .files),
    ErrorGuide(
      "no-column", "No column was recognised as this; 'user=', 'item=' and 'rating=' name them.", withoutExample: file),
    ErrorGuide("too-many", "There is more than the program can count.", withoutExample: file),
    ErrorGuide("not-a-model", "The file is not in the format safetensors.", withoutExample: file),
    ErrorGuide("damaged-file", "The file is cut short or its parts contradict each other.", withoutExample: file),
    ErrorGuide("sql", "The database does not run the statement of 'query=', in its own words.", withoutExample: file),
    ErrorGuide(
      "no-table", "The database has no such table, or several of which none has a usual name.", withoutExample: file),
    ErrorGuide(
      "unknown-algorithm", "The model is of an algorithm that this program does not have.", withoutExample: file),
    ErrorGuide("newer-format", "The model was written by a newer program.", withoutExample: file),
    ErrorGuide("not-writable", "The file cannot be written there.", "save ratings nowhere/at/all.csv", after: .guide),
    ErrorGuide(
      "script-file", "A script cannot be read or written.", withoutExample: "it is told by 'check' and 'record'"),
    ErrorGuide(
      "circular-run", "A script runs itself, directly or through others.", withoutExample: "it needs a script"),
  ]

  /// What the result should be read with: warnings, errors under --strict.
  static let results: [ErrorGuide] = [
    ErrorGuide(
      "factors-lowered", "There are no more factors than the data has users or items.",
      withoutExample: "it is a warning: 'svd k=50' on the guide's ratings"),
    ErrorGuide(
      "items-without-text", "An item without any of the fields has no vector.", withoutExample: "it is a warning"),
    ErrorGuide(
      "unused-preparation", "The algorithm does not look at what 'normalize' or 'impute' prepared.",
      withoutExample: "it is a warning"),
    ErrorGuide(
      "nothing-relevant", "No test rating is high enough to be relevant; 'relevant=' sets the mark.",
      withoutExample: "it is a warning"),
    ErrorGuide(
      "within-noise", "Other alternatives are as good, as far as the held-out rows can tell.",
      withoutExample: "it is a warning"),
    ErrorGuide(
      "partial-model",
      "Ctrl-C ended the work, and what there was is kept: the best model so far, or the folds that are judged.",
      withoutExample: "it is a warning"),
    ErrorGuide("failed", "Something failed in a way that we did not foresee.", withoutExample: "it is not foreseen"),
  ]
}
