/// What `load` read: ratings with what belongs to them, or a table of items or users alone.
package struct Loaded: Sendable {
  /// Nil where only a table of items or users was read.
  package let dataset: Dataset?
  /// A table that was read alone.
  package let items: EntityTable<Item>?
  /// A table that was read alone.
  package let users: EntityTable<User>?
  package let report: LoadReport

  package init(
    dataset: Dataset? = nil, items: EntityTable<Item>? = nil, users: EntityTable<User>? = nil, report: LoadReport
  ) {
    self.dataset = dataset
    self.items = items
    self.users = users
    self.report = report
  }
}

/// What `load` recognised, counted and left out.
package struct LoadReport: Sendable, Equatable {
  /// The format's name, such as "MovieLens latest".
  package var format: String
  /// The files that were read.
  package var files: [String] = []
  /// Which column of the ratings is what, and the columns that say nothing here.
  package var columns: [ColumnUse] = []
  package var unusedColumns: [String] = []
  /// Rows of ratings or events that were read, duplicates included.
  package var rowCount = 0
  /// Ratings of a user and item that have another one, which stayed; events that were added to another one.
  package var duplicateCount = 0
  /// Rows of the item and user tables whose id another row has, which stayed.
  package var duplicateItemCount = 0
  package var duplicateUserCount = 0
  /// Malformed lines that were left out, and the first five of them.
  package var skippedCount = 0
  package var skipped: [Malformed] = []
  /// Users and items with at least one rating.
  package var userCount = 0
  package var itemCount = 0
  /// Rows of the item and user tables.
  package var describedItemCount = 0
  package var describedUserCount = 0
  /// Rated items and users that their table does not know; 0 without a table.
  package var undescribedItemCount = 0
  package var undescribedUserCount = 0
  /// Whether there are no ratings, only things that happened.
  package var isEvents = false
  /// What became of several events or ratings of one user and item.
  package var combine = CombineRule.last
  /// How times were written, where not as seconds since 1970.
  package var timeForm: TimeForm?
  /// The newest event, from which the weights decay; nil where they do not.
  package var newest: Int64?
  /// How many sessions there are, and events that a session had of an item already; nil without sessions.
  package var sessions: (count: Int, repeated: Int)? {
    get { sessionCount.map { ($0, repeatedCount) } }
  }
  package var sessionCount: Int?
  package var repeatedCount = 0
  /// Users' items whose quantities came to zero or less, which were left out.
  package var returnedCount = 0
  /// Ids that differ from another one only in case or white space.
  package var lookalikes: [Lookalikes] = []
  /// With `like=`: ids that the other dataset does not have.
  package var newUserCount = 0
  package var newItemCount = 0

  package init(format: String) { self.format = format }
}
