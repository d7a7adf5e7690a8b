/// What missing entries of a field become.
package enum FieldImputation: Sendable, Equatable {
  case mean, median
  /// Of equally frequent ones the smallest: by value of numbers, by bytes of texts; of labels a single one.
  case mostFrequent
  case constant(String)
}

/// Why a field cannot be imputed, encoded or cut into bins.
package enum FieldProblem: Error, Sendable, Equatable {
  /// Only numbers have a mean.
  case noNumbers
  /// A field of numbers takes a number.
  case notANumber(String)
  /// Every entry that could be learned from is missing.
  case nothingKnown
  /// A row has more than one label; an example.
  case severalLabels([String])
  /// More different values than columns one would want.
  case tooManyValues(Int, limit: Int)
  /// All numbers are equal, so that there is nothing to cut.
  case allEqual
}

extension FieldColumn {
  /// The column without missing entries, how many were filled, and by what.
  ///
  /// - Parameter isFitted: which rows the number or label is learned from; nil for all.
  package func imputed(
    by imputation: FieldImputation, fittedOn isFitted: [Bool]? = nil
  ) throws(FieldProblem) -> (column: FieldColumn, filled: Int, value: String) {
    let known = (0..<count).filter { !isMissing($0) && isFitted?[$0] ?? true }
    let filled = (0..<count).count { isMissing($0) }
    switch self {
    case .number(let numbers):
      let value: Double?
      let own = known.map { numbers[$0] }
      switch imputation {
      case .mean: value = own.isEmpty ? nil : own.reduce(0, +) / Double(own.count)
      case .median: value = Statistic.median(own)
      case .mostFrequent: value = Statistic.mostFrequent(own)
      case .constant(let text):
        guard let number = Double(text), number.isFinite else { throw .notANumber(text) }
        value = number
      }
      guard let value else { throw .nothingKnown }
      return (.number(numbers.map { $0.isNaN ? value : $0 }), filled, Self.text(value))
    case .text(let texts):
      let value: String
      switch imputation {
      case .mean, .median: throw .noNumbers
      case .mostFrequent:
        guard let bytes = Statistic.mostFrequent(known.map { ByteText(Array(texts.utf8($0))) })?.bytes else {
          throw .nothingKnown
        }
        value = String(decoding: bytes, as: UTF8.self)
      case .constant(let text): value = text
      }
      let column = TextColumn((0..<count).map { isMissing($0) ? value : texts[$0] })
      return (.text(column), filled, value)
    case .categories(let labels):
      let value: String
      switch imputation {
      case .mean, .median: throw .noNumbers
      case .mostFrequent:
        let all = known.flatMap { labels.members[labels.offsets[$0]..<labels.offsets[$0 + 1]] }
        guard let label = Statistic.mostFrequent(all) else { throw .nothingKnown }
        value = labels.labels[Int(label)]
      case .constant(let text): value = text
      }
      let column = CategoryColumn((0..<count).map { isMissing($0) ? [value] : labels[$0] })
      return (.categories(column), filled, value)
    }
  }

  /// A number as one would write it: whole numbers without a decimal point.
  package static func text(_ number: Double) -> String { Int(exactly: number)?.description ?? number.description }
}

/// A text that is compared by its bytes.
private struct ByteText: Hashable, Comparable {
  let bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }
  static func < (left: Self, right: Self) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}
