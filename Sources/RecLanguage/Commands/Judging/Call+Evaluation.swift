import RecData
import RecEvaluation
import RecModels

extension OptionSpec {
  /// How models are judged: the options that every command that judges has.
  static let judging: [OptionSpec] = [
    .count(
      "at", default: 10, in: 1...1_000_000, unit: "items",
      "the length of lists, for metrics without a cutoff of their own"),
    OptionSpec(
      "relevant", .relevance, default: "auto",
      "from which rating on an item is relevant; auto is three quarters of the scale"),
    .choice(
      "gain", default: "binary",
      [Choice("binary", "1 for a relevant item"), Choice("graded", "2^rating − 1 for every test item")],
      "what an item adds to ndcg"),
    OptionSpec(
      "candidates", .candidates, default: "all",
      "which items compete: every one, or so many drawn beside the user's own"),
    OptionSpec(
      "variant", .choice(MetricLibrary.allCases.map { Choice($0.rawValue, "\($0.title): \($0.differing)") }),
      "another library's definitions of the metrics in which it differs"),
  ]

  /// The columns of a table of judged models.
  static let judgedMetrics = OptionSpec(
    "metrics", .metrics, list: true, "the columns; without it rmse, precision, recall, ndcg and coverage")
}

extension MetricLibrary {
  /// The metrics that it defines in another way.
  fileprivate var differing: String {
    MetricCatalog.metrics.filter { metric in metric.variants.contains { $0.library == self } }.map(\.name)
      .joined(separator: ", ")
  }
}

extension Call {
  /// How to judge, as the options say.
  ///
  /// - Parameter metrics: nil to read the option `metrics`.
  func evaluationRequest(for data: Dataset, metrics: [MetricChoice]? = nil) throws(Diagnostic) -> EvaluationRequest {
    let length = try count("at") ?? 10
    let library = try word("variant").flatMap(MetricLibrary.init)
    var chosen = metrics ?? []
    if metrics == nil {
      for argument in options["metrics"] ?? [] { chosen.append(try metric(argument, of: data)) }
      if chosen.isEmpty {
        chosen = MetricCatalog.defaults(for: data.feedback, listLength: length, library: library)
      }
    }
    let relevance = try number("relevant").map { EvaluationRequest.Relevance.atLeast(Float($0)) }
    var gain = EvaluationRequest.Gain.binary
    if try word("gain") == "graded" { gain = library == .lenskit ? .rating : .graded }
    return EvaluationRequest(
      metrics: chosen, relevance: relevance ?? .auto, gain: gain,
      candidates: try count("candidates").map(EvaluationRequest.Candidates.sampled) ?? .all,
      allowsTrainingRows: command.verb == "eval" && (data.role == .train || argument("on")?.text == "train"),
      library: library)
  }

  /// The metric that a word names, which the data must have what it needs for.
  func metric(_ argument: Argument, of data: Dataset) throws(Diagnostic) -> MetricChoice {
    let length = try count("at") ?? 10
    let library = try word("variant").flatMap(MetricLibrary.init)
    let choice: MetricChoice
    do throws(MetricError) {
      choice = try MetricChoice(parsing: argument.text, listLength: length, library: library)
    } catch {
      throw Diagnostic(metricError: error, at: argument.range)
    }
    if choice.metric.needsContent, data.entities.itemFields.names.isEmpty {
      throw Diagnostic(
        .missing, "'\(choice.metric.name)' compares what is known of items, and these have no fields",
        at: argument.range, help: "load an item table, too: load items.csv")
    }
    return choice
  }

  /// The one metric that `metric=` names, else the first of some that fits the data; it must have a value for each user.
  func userMetric(of data: Dataset, orFirstOf names: [String]) throws(Diagnostic) -> MetricChoice {
    guard let argument = argument("metric") else {
      let isEvents = data.feedback == .events
      let name = names.first { !isEvents || !(MetricCatalog[$0]?.judgesRatings ?? false) } ?? "ndcg"
      return try metric(Argument(text: name, range: verbRange), of: data)
    }
    let choice = try metric(argument, of: data)
    if choice.isOfExposure {
      throw Diagnostic(
        .badValue, "'\(choice.name)' is of all lists together, and no user has a value of it", at: argument.range,
        hint: "such as metric=ndcg")
    }
    return choice
  }
}

extension Grouping {
  /// What a word groups by: activity, popularity, or a field, of which the singular will do.
  init(_ argument: Call.Argument, of data: Dataset) throws(Diagnostic) {
    let wanted = argument.text.lowercased()
    func field(_ names: [String]) -> String? {
      names.first { $0.lowercased() == wanted } ?? names.first { $0.lowercased() == wanted + "s" }
    }
    let (users, items) = (data.entities.userFields.names, data.entities.itemFields.names)
    if let name = field(users) {
      self = .userField(name)
    } else if let name = field(items) {
      self = .itemField(name)
    } else if wanted == "activity" {
      self = .activity
    } else if wanted == "popularity" {
      self = .popularity
    } else {
      let known = ["activity", "popularity"] + users + items
      throw Diagnostic(
        .unknownField, "there is nothing named '\(argument.text)' to group by", at: argument.range,
        hint: didYouMean(nearest(argument.text, in: known)), help: "groups: \(known.joined(separator: ", "))")
    }
  }
}
