package import RecData
package import RecModels

/// What a statement gives and a name holds.
package enum Value: Sendable {
  case number(Double)
  case text(String)
  case table(Table)
  case figure(Figure)
  case dataset(Dataset)
  /// The items of a dataset, with their fields.
  case items(Dataset)
  /// The users of a dataset, with their fields.
  case users(Dataset)
  case model(Model)

  /// The kind in words, with its article, for messages.
  package var kindPhrase: String {
    switch self {
    case .number: "a number"
    case .text: "a text"
    case .table: "a table"
    case .figure: "a figure"
    case .dataset: "a dataset"
    case .items: "an item table"
    case .users: "a user table"
    case .model: "a model"
    }
  }
}
