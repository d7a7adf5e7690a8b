import RecData
import RecModels

extension Command {
  /// Makes data.
  static let generate = Command(
    "generate", .data, summary: "make synthetic ratings with known tastes, or the guide's example",
    operands: [
      Operand("what", .choice([Choice("guide", "the guide's 4×4 ratings and three documents")]), .optional, "guide")
    ],
    options: [
      .count("users", default: 943, in: 1...100_000_000, unit: "users", "how many users"),
      .count("items", default: 1682, in: 1...10_000_000, unit: "items", "how many items"),
      .count("ratings", default: 100_000, in: 1...1_000_000_000, unit: "ratings", "how many ratings"),
      OptionSpec("seed", .count(0...Int.max), "keys the data; without it the setting"),
    ],
    examples: [
      Example("generate users=100 items=200 ratings=2000 seed=7"), Example("generate guide"),
    ],
    notes: """
      Popularity and activity follow power laws, as in real data; ratings from 1 to 5 come from latent tastes, from how a \
      user rates, how an item is liked, and noise. Items have a title, a year, genres and a paragraph in which words of \
      the genres stand. The sizes are those of MovieLens 100k unless they are given. The same seed gives the same data, \
      with any number of threads.
      """,
    binds: ["ratings", "items"]
  ) { call, session in
    if let what = call.operands.first {
      guard what.text.lowercased() == "guide" else {
        throw Diagnostic(
          .badOperand, "'generate' makes numbers from its options, or 'guide', found '\(what.text)'", at: what.range,
          hint: didYouMean(nearest(what.text, in: ["guide"])))
      }
      if let option = call.options.values.lazy.compactMap(\.first).min(by: { $0.range.start < $1.range.start }) {
        throw Diagnostic(
          .badOperand, "the guide's data is always the same, and takes no options", at: option.range,
          hint: "'generate guide' alone")
      }
      let documents = GuideData.documents
      var reply = session.reply(binding: GuideData.ratings, call: call)
      if call.targets.count != 1 {
        let name = call.targets.dropFirst().first ?? "items"
        reply.bind(name, .items(documents), Summary(itemsOf: documents, named: name))
      }
      return reply
    }
    let options = GenerationOptions(
      users: try call.count("users") ?? 943, items: try call.count("items") ?? 1682,
      ratings: try call.count("ratings") ?? 100_000,
      seed: try call.count("seed").map(UInt64.init) ?? session.settings.seed)
    do {
      let dataset = try RecData.generate(options, execution: session.execution)
      session.generated = options
      return session.reply(binding: dataset, call: call)
    } catch let error as DataError {
      throw Diagnostic(dataError: error, call: call)
    }
  }
}
