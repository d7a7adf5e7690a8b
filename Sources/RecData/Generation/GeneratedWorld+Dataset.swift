import RecAlgebra
package import RecKernels

extension GeneratedWorld {
  /// Users 1…n and items 1…m with titles, genres and descriptions.
  package func entities(_ workers: Workers) -> Entities {
    let texts = ItemTexts(seed: options.seed, genres: genres)
    let titles = workers.mapInChunks(options.items) { texts.title($0, genres[$0]) }
    let descriptions = workers.mapInChunks(options.items) { texts.description($0, genres[$0]) }
    let labels = CategoryColumn(genres.map { $0.all.map { Genre.all[$0].name } })
    let fields = FieldTable(
      [
        ("title", .text(TextColumn(titles))), ("genres", .categories(labels)),
        ("description", .text(TextColumn(descriptions))),
      ], describedCount: options.items)
    return Entities(
      users: Vocabulary(sorted: .numbers((0..<options.users).map { Int64($0 + 1) })),
      items: Vocabulary(sorted: .numbers((0..<options.items).map { Int64($0 + 1) })), itemFields: fields)
  }

  /// All ratings with users and items.
  package func dataset(execution: Execution) throws(Cancelled) -> Dataset {
    let chunks = self.chunks
    let bounds = [0] + chunks.map { offsets[$0.upperBound] }
    let done = ProgressCounter(label: "generate", total: options.ratings, execution)
    let (columns, values, times) = execution.workers.columns(bounds: bounds) { chunk, columns, values, times in
      // What stays unwritten is not read: the checkpoint below throws.
      if execution.cancellation.isCancelled { return }
      var choice = ItemChoice(itemCount: options.items)
      var place = 0
      for user in chunks[chunk] {
        let row = ratings(of: user, &choice)
        for entry in 0..<row.items.count {
          columns[place] = row.items[entry]
          values[place] = row.ratings[entry]
          times[place] = row.times[entry]
          place += 1
        }
      }
      done.add(place)
    }
    try execution.checkpoint()
    let assembled = AssembledRows(offsets: offsets, columns: columns, values: values, times: times)
    return Dataset(
      name: "generated", entities: entities(execution.workers),
      interactions: SparseRows(assembled, columnCount: options.items), times: times,
      feedback: .ratings(RatingScale(lowest: 1, highest: 5, relevant: 4)))
  }
}

/// Makes synthetic ratings with known tastes.
///
/// - Throws: `DataError.unsuitableOption` for sizes that cannot be, `Cancelled` when asked to stop.
package func generate(_ options: GenerationOptions = GenerationOptions(), execution: Execution) throws -> Dataset {
  try GeneratedWorld(options, execution: execution).dataset(execution: execution)
}
