import RecData
import RecModels

extension Value {
  /// The kind in one word.
  package var kindWord: String {
    switch self {
    case .number: "number"
    case .text: "text"
    case .table: "table"
    case .figure: "figure"
    case .dataset: "dataset"
    case .items: "items"
    case .users: "users"
    case .model: "model"
    }
  }

  /// What it holds, in a line.
  package var phrase: String {
    switch self {
    case .number(let number): plain(number)
    case .text(let text): Diagnostic.shortened(text)
    case .table(let table): table.columns.map(\.name).joined(separator: ", ")
    case .figure(let figure): figure.title
    case .dataset(let dataset): Summary(of: dataset, named: "").phrase
    case .items(let dataset): Summary(itemsOf: dataset, named: "").phrase
    case .users(let dataset): Summary(usersOf: dataset, named: "").phrase
    case .model(let model): Summary(of: model).phrase
    }
  }
}
