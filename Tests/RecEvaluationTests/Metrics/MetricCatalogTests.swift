import RecData
import RecEvaluation
import Testing

struct MetricCatalogTests {
  private static let types = [
    "Audience", "Exposure", "ItemContent", "Metric", "MetricCatalog", "MetricChoice", "MetricLibrary",
    "RankedRelevance",
  ]

  @Test func `every file of the folder has its line in the catalog`() throws {
    let files = try ReferenceFile.sources("Metrics").filter { !Self.types.contains($0) }
    #expect(files.count == MetricCatalog.metrics.count)
    #expect(Set(MetricCatalog.metrics.map(\.name)).count == MetricCatalog.metrics.count)
  }

  @Test(arguments: MetricCatalog.metrics.map(\.name))
  func `every metric says exactly what it is`(name: String) throws {
    let metric = try #require(MetricCatalog[name])
    #expect(name == name.lowercased() && !name.contains("@") && !metric.summary.hasSuffix("."))
    #expect(metric.definition.contains("="))
    #expect(metric.definition.split(separator: "\n\n").count >= 2)
  }

  @Test(
    arguments: [
      ("ndcg", "ndcg@10", 10), ("NDCG@5", "ndcg@5", 5), ("mrr", "mrr", nil), ("mrr@3", "mrr@3", 3),
      ("rmse", "rmse", nil),
      ("coverage", "coverage", 10), ("coverage@20", "coverage@20", 20),
    ] as [(String, String, Int?)])
  func `a name is read with its cutoff`(text: String, name: String, cutoff: Int?) throws {
    let choice = try MetricChoice(parsing: text, listLength: 10)
    #expect(choice.name == name && choice.cutoff == cutoff)
  }

  @Test(arguments: [
    ("ndgc@10", MetricError.unknown("ndgc")), ("rmse@10", .takesNoCutoff(metric: "rmse")),
    ("ndcg@0", .cutoffOutOfBounds(metric: "ndcg", text: "0")), ("ndcg@", .cutoffOutOfBounds(metric: "ndcg", text: "")),
    ("ndcg@1@2", .cutoffOutOfBounds(metric: "ndcg", text: "1@2")), ("", .unknown("")),
  ])
  func `a word that is no metric is an error`(text: String, error: MetricError) {
    #expect(throws: error) { try MetricChoice(parsing: text, listLength: 10) }
  }

  @Test func `a library's definition takes the place of the metric's own where it differs`() throws {
    let own = try MetricChoice(parsing: "auc", listLength: 7)
    let foreign = try MetricChoice(parsing: "auc", listLength: 7, library: .implicit)
    #expect(own.name == "auc" && own.cutoff == nil && foreign.name == "auc@7" && foreign.cutoff == 7)
    #expect(try MetricChoice(parsing: "mrr", listLength: 7, library: .implicit).name == "mrr")
    for metric in MetricCatalog.metrics {
      let libraries = metric.variants.map(\.library)
      #expect(Set(libraries).count == libraries.count, "\(metric.name)")
    }
  }

  @Test func `events are not judged by rmse`() {
    let ratings = MetricCatalog.defaults(for: .ratings(RatingScale(occurring: [1, 5])), listLength: 10).map(\.name)
    #expect(ratings == ["rmse", "precision@10", "recall@10", "ndcg@10", "coverage"])
    #expect(
      MetricCatalog.defaults(for: .events, listLength: 5).map(\.name) == [
        "precision@5", "recall@5", "ndcg@5", "coverage",
      ])
  }
}
