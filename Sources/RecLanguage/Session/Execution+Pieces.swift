import RecKernels

extension Execution {
  /// Data with more ratings than this are worked on by all threads at once, piece after piece, so that no more than one
  /// piece has to be held.
  private static let wholeLimit = 5_000_000

  /// Independent pieces of long work, such as folds or trials: one thread each, or one after the other on all threads where
  /// there are fewer pieces than threads or the data are large. The results are the same.
  ///
  /// - Parameter body: is given an execution that reports nothing; errors of any piece are thrown, those of the first first.
  func pieces<Piece: Sendable>(
    _ count: Int, of ratings: Int, label: String, _ body: @Sendable (Int, Execution) throws -> Piece
  ) throws -> [Piece] {
    let pieces = try finishedPieces(count, of: ratings, label: label, body)
    try checkpoint()
    return pieces.compactMap(\.self)
  }

  /// The same; nil in place of those that an interruption has kept from their end.
  func finishedPieces<Piece: Sendable>(
    _ count: Int, of ratings: Int, label: String, _ body: @Sendable (Int, Execution) throws -> Piece
  ) throws -> [Piece?] {
    let quiet = Execution(workers: workers, cancellation: cancellation)
    @Sendable func finished(_ index: Int) throws -> Piece? {
      do {
        try checkpoint()
        return try body(index, quiet)
      } catch is Cancelled { return nil }
    }
    guard count >= workers.threadCount, ratings <= Self.wholeLimit else {
      return try (0..<count).map { index in
        report(Progress(label: label, fraction: Double(index) / Double(count)))
        return try finished(index)
      }
    }
    let done = ProgressCounter(label: label, total: count, self)
    let results = workers.map(count) { index in
      Result {
        let piece = try finished(index)
        done.add(1)
        return piece
      }
    }
    return try results.map { try $0.get() }
  }
}
