extension Algorithm {
  /// The graph of users and items: spectral filtering and random walks.
  package static let graph = Algorithm(
    name: "graph", summary: "rank by what lies near in the graph of users and items",
    options: [
      .choice(
        "method", default: "filter",
        [
          Choice("filter", "let pass what is smooth over the graph (GF-CF): a linear filter and k low frequencies"),
          Choice("walk", "probabilities of random walks of three steps (P3alpha, RP3beta)"),
        ], "how nearness is found"),
      .choice(
        "values", default: "binary",
        [
          Choice("binary", "every interaction counts the same"),
          Choice(
            "rating", "its rating, from 1 at the lowest end of the scale to 5 at the highest; of events, the weight"),
        ], "what an edge weighs"),
      .count("k", default: 256, in: 1...10_000, unit: "factors", "for filter, how many low frequencies pass"),
      OptionSpec(
        "lowpass", .number(0...1000), default: "0.3", "for filter, what they count beside the linear filter; 0 for none"
      ),
      OptionSpec(
        "tolerance", .number(1e-12...0.1), default: "1e-6", "for filter, relative error of the singular values"),
      OptionSpec(
        "alpha", .number(0...10), default: "1", "for walk, the power that the probability of a step is raised to"),
      OptionSpec(
        "beta", .number(0...10), default: "0.4",
        "for walk, the power of an item's popularity that its probability is divided by; 0 is P3alpha"),
      .count("neighbors", default: 100, unit: "items", "for walk, how many items are kept that an item leads to"),
      OptionSpec(
        "seed", .count(0...Int.max), "start of the iteration, without effect beyond the tolerance; else the session's"),
    ],
    examples: ["graph", "graph k=20", "graph method=walk beta=0"],
    uses: [],
    notes: """
      Nothing is fitted: scores are linear in the history, so that somebody new or with new ratings is scored like anybody \
      else, and every reason is a rated item. An unknown user gets the most frequent items; an item without interactions \
      cannot be scored; for walk, what no walk reaches scores 0. It ranks only: there are no predicted ratings. k above the \
      rank is lowered. binary, k=256 and lowpass=0.3 are those of GF-CF's authors; alpha and neighbors are those of Ferrari \
      Dacrema, Cremonesi & Jannach 2019, beta is a choice of ours: their 0.6 puts rare items first where ratings are few. A \
      walk's score is told against chance, 1 being as likely as any item. The filter is exact and reads all interactions \
      when it scores; the walk reads a user's own.
      """,
    source: """
      Shen et al. 2021 (GF-CF), doi:10.1145/3459637.3482264; Cooper et al. 2014 (P3alpha), doi:10.1145/2567948.2579244; \
      Paudel et al. 2017 (RP3beta), doi:10.1145/2955101; Ferrari Dacrema et al. 2019, doi:10.1145/3298689.3347058
      """,
    models: GraphFilter.self, GraphWalk.self
  ) { dataset, options, training in
    let graph = try InteractionGraph(dataset, isBinary: options.word("values") != "rating")
    if options.word("method") == "walk" {
      return TrainedRecommender(
        try GraphWalk(
          graph, alpha: options.number("alpha") ?? 1, beta: options.number("beta") ?? 0.4,
          neighbors: options.count("neighbors") ?? 100, execution: training.execution))
    }
    let factors = options.count("k") ?? 256
    let lowPassWeight = options.number("lowpass") ?? 0.3
    let filter = try GraphFilter(
      graph, factors: factors, lowPassWeight: lowPassWeight, tolerance: options.number("tolerance") ?? 1e-6,
      seed: options.count("seed").map { UInt64($0) } ?? training.seed, execution: training.execution)
    let isLowered = lowPassWeight > 0 && filter.rank < factors
    return TrainedRecommender(filter, warnings: isLowered ? [.factorsLowered(asked: factors, rank: filter.rank)] : [])
  }
}
