/// Every route of the server; a new one is a file here and a line in its group.
enum Routes {
  static let plain: [Route] = [
    .page, .pageScript, .pageStyle, .recommend, .recommendMany, .similar, .predict, .predictMany, .why, .whyFolded,
    .item, .search, .events, .models, .health, .readiness, .metrics, .openAPI,
  ]

  /// The routes that a configuration asks for; of two with one method and path the first answers.
  static func all(_ configuration: ServerConfiguration) -> [Route] {
    var vertex: [Route] = []
    if let path = configuration.vertexHealthRoute { vertex.append(.vertexHealth(path)) }
    if let path = configuration.vertexPredictRoute { vertex.append(.vertexPredict(path)) }
    return vertex + plain + experiment + tensorFlow + sageMaker
  }
}
