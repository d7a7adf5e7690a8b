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
    let quiet = Execution(workers: workers, cancellation: cancellation)
    guard count >= workers.threadCount, ratings <= Self.wholeLimit else {
      return try (0..<count).map { index in
        report(Progress(label: label, fraction: Double(index) / Double(count)))
        try checkpoint()
        return try body(index, quiet)
      }
    }
    let done = ProgressCounter(label: label, total: count, self)
    let results = workers.map(count) { index in
      Result { () throws -> Piece in
        try checkpoint()
        let piece = try body(index, quiet)
        done.add(1)
        return piece
      }
    }
    try checkpoint()
    return try results.map { try $0.get() }
  }
}
