package import RecKernels

extension GeneratedWorld {
  /// Writes `ratings.csv` and `movies.csv` as MovieLens latest has them into a folder that exists, without holding the
  /// ratings in memory.
  package func writeFiles(folder: String, execution: Execution) throws {
    let entities = entities(execution.workers)
    try TableFormat.csv.write(
      EntityRows(entities.items, entities.itemFields).renamed(["movieId", "title", "genres", "description"]),
      to: folder + "/movies.csv", execution: execution)
    var file = try AtomicFile(replacing: folder + "/ratings.csv")
    try file.write("userId,movieId,rating,timestamp\n")
    let chunks = self.chunks
    let batch = 8 * execution.workers.threadCount
    for first in stride(from: 0, to: chunks.count, by: batch) {
      try execution.checkpoint()
      let texts = execution.workers.map(min(batch, chunks.count - first)) { lines(of: chunks[first + $0]) }
      for text in texts { try file.write(text) }
      execution.report(Progress(label: "generate", fraction: Double(first) / Double(chunks.count)))
    }
    try file.finish()
  }

  private func lines(of users: Range<Int>) -> [UInt8] {
    var choice = ItemChoice(itemCount: options.items)
    var text: [UInt8] = []
    for user in users {
      let row = ratings(of: user, &choice)
      for entry in row.items.indices {
        Self.append(Int64(user) + 1, 0x2C, &text)
        Self.append(Int64(row.items[entry]) + 1, 0x2C, &text)
        Self.append(Int64(row.ratings[entry]), 0x2C, &text)
        Self.append(row.times[entry], 0x0A, &text)
      }
    }
    return text
  }

  private static func append(_ number: Int64, _ end: UInt8, _ text: inout [UInt8]) {
    let start = text.count
    var rest = number
    repeat {
      text.append(0x30 + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    text[start...].reverse()
    text.append(end)
  }
}

extension EntityRows {
  /// The same rows under other column names.
  func renamed(_ names: [String]) -> StoredRows {
    var rows = self
    var all: [[TableCell]] = []
    while let group = rows.next() { all += group }
    return StoredRows(columnNames: names, rows: all)
  }
}
