import RecKernels

/// What a file holds.
package enum TableKind: String, Sendable, CaseIterable {
  case ratings, items, users
  /// Words that users gave items, which become a text of the item.
  case tags
}

/// How ratings or events are laid out in a file.
package enum RowForm: String, Sendable, CaseIterable {
  /// A row for each.
  case table
  /// A row for each user, a column for each item.
  case matrix
  /// A user and its items in their order, a line each.
  case sequences
  /// A user and the set of its items, a line each.
  case adjacency
}

/// What becomes of several events, or ratings, of one user and item.
package enum CombineRule: String, Sendable, CaseIterable {
  case sum, max, last, count
}

/// How events belong together.
package enum SessionRule: Sendable, Equatable {
  /// By a column: a name of the header, or a number from 1.
  case column(String)
  /// A pause of so many seconds ends a session.
  case gap(Double)
}

/// How a file's bytes stand for characters.
package enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case latin1 = "iso-8859-1"
  case windows1252 = "windows-1252"
  case utf16 = "utf-16"

  /// By any of its usual names, without regard to case.
  package init?(named name: String) {
    switch name.lowercased().filter({ $0.isLetter || $0.isNumber }) {
    case "utf8", "utf", "unicode", "ascii": self = .utf8
    case "latin1", "iso88591", "l1": self = .latin1
    case "windows1252", "cp1252", "ansi": self = .windows1252
    case "utf16", "utf16le", "utf16be": self = .utf16
    default: return nil
    }
  }
}

/// What one thing that happened is worth, such as a purchase.
package struct EventWeight: Sendable, Equatable {
  package let event: String
  package let weight: Float
  package init(event: String, weight: Float) {
    self.event = event
    self.weight = weight
  }
}

/// How `load` reads a file or a folder; what is nil is recognised from the content.
package struct LoadOptions: Sendable {
  /// What the file holds.
  package var kind: TableKind?
  /// How the rows are laid out.
  package var form: RowForm?
  /// The column of the user's id: a name of the header, or a number from 1.
  package var user: String?
  /// The column of the item's id: a name of the header, or a number from 1.
  package var item: String?
  /// The column of the rating: a name of the header, or a number from 1.
  package var rating: String?
  /// The column of the time: a name of the header, or a number from 1.
  package var time: String?
  /// The column that says what happened: a name of the header, or a number from 1.
  package var event: String?
  /// The columns of an item or user table that hold its id, its title, text and labels; names, or numbers from 1.
  package var id: String?
  package var title: String?
  package var texts: [String] = []
  package var categories: [String] = []
  /// The table of an SQLite database, or a statement that gives its rows.
  package var table: String?
  package var query: String?
  /// The time in seconds after which an event is worth half, counted back from the newest.
  package var halflife: Double?
  /// What becomes of several events; nil adds them up, and lets the latest of several ratings count.
  package var combine: CombineRule?
  /// An item counts once in each session.
  package var session: SessionRule?
  /// What each event is worth; empty where each counts 1.
  package var weights: [EventWeight] = []
  /// One character or two, `tab` or `space`.
  package var separator: String?
  /// Whether the first line names the columns.
  package var hasHeader: Bool?
  package var encoding: TextEncoding?
  /// The scale of the ratings; nil takes the lowest and highest that occur.
  package var scale: ClosedRange<Float>?
  /// A rating that stands for none.
  package var missing: Float?
  /// A dataset whose ids, items and scale the new one shares.
  package var like: Dataset?
  /// Whether malformed lines are left out and counted; otherwise the first one is an error.
  package var skipsMalformedLines = false

  package init() {}

  /// What `sep=` says.
  func askedSeparator() throws(DataError) -> Separator? {
    guard let name = separator else { return nil }
    guard let separator = Dialect.separator(named: name) else {
      throw .unsuitableOption(option: "sep", reason: "takes one or two characters, 'tab' or 'space'")
    }
    return separator
  }
}
