/// A place in a text file, with the line it stands in.
package struct TextPosition: Sendable, Equatable {
  package let path: String
  /// From 1.
  package let line: Int
  /// In Unicode scalars, from 1.
  package let column: Int
  /// How many scalars are meant; at least 1.
  package let length: Int
  /// The line without its end; of a long line the part around the column, with `…` where something is missing.
  package let text: String
  /// The scalar of `text` that is the column's, from 1.
  package let caret: Int

  package init(path: String, line: Int, column: Int, length: Int, text: String, caret: Int) {
    self.path = path
    self.line = line
    self.column = column
    self.length = length
    self.text = text
    self.caret = caret
  }
}

/// A line that cannot be read, and what would be right.
package struct Malformed: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case columnCount, emptyID, notNumber, notFinite, outsideScale, notMoment, unknownEvent, invalidUTF8, nulByte
    case openQuote, longLine, strayText, noSeparator, notJSON, wrongType
  }

  package let kind: Kind
  package let at: TextPosition
  /// What should stand there, such as "a rating".
  package let expected: String
  /// What stands there, quoted where it is the file's own text.
  package let found: String
  /// What to do, where there is something.
  package let hint: String?

  package init(_ kind: Kind, at: TextPosition, expected: String, found: String, hint: String? = nil) {
    self.kind = kind
    self.at = at
    self.expected = expected
    self.found = found
    self.hint = hint
  }
}

/// Why data cannot be read or written.
package enum DataError: Error, Sendable, Equatable {
  /// Nothing stands at the path; names beside it that are close.
  case missing(path: String, nearest: [String])
  case unreadable(path: String, reason: String)
  /// A folder where a file is needed.
  case isFolder(path: String)
  /// A folder in which no file of ratings is recognised; the names that would be, and what stands there.
  case noRatings(folder: String, recognized: [String], found: [String])
  case empty(path: String)
  case headerOnly(path: String, header: String)
  /// Not a text file; the kind it seems to be, and the command that makes it one if there is one.
  case notText(path: String, kind: String, remedy: String?)
  case malformed(Malformed)
  /// Every line was malformed and left out; the first of them.
  case nothingLeft(skipped: Int, first: Malformed)
  /// A column that an option names and the file has not.
  case unknownColumn(path: String, option: String, asked: String, columns: [String])
  /// A column that is needed and that no usual name tells.
  case noColumn(path: String, option: String, columns: [String])
  /// More than the program's 32-bit indices can number.
  case tooMany(path: String, what: String, limit: Int)
  /// An option that does not fit the file or the others.
  case unsuitableOption(option: String, reason: String)
  /// No file of tensors, or one that holds something else than is wanted.
  case notTensors(path: String, reason: String)
  /// A saved value that is incomplete or was changed.
  case damaged(path: String, reason: String)
  /// A saved value in a format that a later version of the program writes.
  case newerFormat(path: String, version: String, known: Int)
  /// A saved model of an algorithm that this program does not have.
  case unknownAlgorithm(path: String, name: String)
  case notWritable(path: String, reason: String)
  /// A statement that a database does not run, in its words; the option that the statement came from, if one did.
  case sql(path: String, message: String, option: String?)
  /// A database with several tables, or none, or not the one that was asked for.
  case noTable(path: String, asked: String?, tables: [String])
}
