internal import RecAlgebra
internal import RecData
internal import RecKernels

/// Counts terms in items, one item after the other, then weighs them.
///
/// Labels have the first numbers, words and n-grams those behind them, in the order in which they first come.
struct TermCounter {
  private let labelColumns: [CategoryColumn]
  private let labelCount: Int
  private var words = TermTable()
  /// The terms of the item that is being counted, one for each time it occurs.
  private var occurrences: [Int32] = []
  /// How often each term occurs in each item that is done, in compressed rows.
  private var offsets = [0]
  private var columns: [Int32] = []
  private var counts: [Float] = []

  /// - Parameter labelColumns: of these every label is a term that occurs once.
  init(labelColumns: [CategoryColumn]) {
    self.labelColumns = labelColumns
    labelCount = labelColumns.reduce(0) { $0 + $1.labels.count }
  }

  /// Counts one occurrence of a word or n-gram in the present item.
  mutating func add(_ word: Span<UInt8>) { occurrences.append(Int32(labelCount) + words.insert(word)) }

  /// Ends the present item, of which this is the number; the next item follows.
  mutating func finishItem(_ item: Int) {
    var first: Int32 = 0
    for column in labelColumns {
      for entry in column.offsets[item]..<column.offsets[item + 1] { occurrences.append(first + column.members[entry]) }
      first += Int32(column.labels.count)
    }
    occurrences.sort()
    var last: Int32 = -1
    for term in occurrences {
      if term == last {
        counts[counts.count - 1] += 1
      } else {
        columns.append(term)
        counts.append(1)
        last = term
      }
    }
    offsets.append(columns.count)
    occurrences.removeAll(keepingCapacity: true)
  }

  /// The weighted vectors of the items that are done.
  ///
  /// - Parameter describedCount: the n of the formula; 0 where every item counts.
  func vectors(
    minimumDocuments: Int, describedCount: Int, isSublinear: Bool, execution: Execution
  ) throws(Cancelled) -> TermVectors {
    let itemCount = offsets.count - 1
    var documents = [Int](repeating: 0, count: labelCount + words.count)
    for term in columns { documents[Int(term)] += 1 }
    let nonempty = (0..<itemCount).count { offsets[$0] < offsets[$0 + 1] }
    let described = Double(max(describedCount > 0 ? describedCount : itemCount, nonempty))
    // The new number of each term that stays, -1 of the others.
    var numbers = [Int32](repeating: -1, count: documents.count)
    var idf: [Double] = []
    for (term, count) in documents.enumerated() where count >= minimumDocuments {
      numbers[term] = Int32(idf.count)
      idf.append(RealFunctions.log((1 + described) / (1 + Double(count))) + 1)
    }
    var kept = [0]
    var terms: [Int32] = []
    var values: [Float] = []
    var weights: [Double] = []
    for item in 0..<itemCount {
      if item % 4096 == 0 { try execution.checkpoint() }
      var squares = 0.0
      weights.removeAll(keepingCapacity: true)
      for entry in offsets[item]..<offsets[item + 1] {
        let number = numbers[Int(columns[entry])]
        if number < 0 { continue }
        let count = Double(counts[entry])
        let weight = (isSublinear ? 1 + RealFunctions.log(count) : count) * idf[Int(number)]
        terms.append(number)
        weights.append(weight)
        squares += weight * weight
      }
      let norm = squares.squareRoot()
      for weight in weights { values.append(Float(weight / norm)) }
      kept.append(terms.count)
    }
    return TermVectors(
      terms: names(numbers),
      items: SparseRows(rowCount: itemCount, columnCount: idf.count, offsets: kept, columns: terms, values: values),
      workers: execution.workers)
  }

  /// The texts of the terms that stay.
  private func names(_ numbers: [Int32]) -> TextColumn {
    var names = TextColumn()
    let labels = labelColumns.flatMap(\.labels)
    for term in labels.indices where numbers[term] >= 0 { names.append(labels[term]) }
    for word in 0..<words.count where numbers[labelCount + word] >= 0 { names.append(utf8: words[word]) }
    return names
  }
}
