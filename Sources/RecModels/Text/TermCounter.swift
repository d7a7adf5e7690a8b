internal import RecAlgebra
internal import RecData
internal import RecKernels

/// Counts terms in items, then weighs them.
struct TermCounter {
  private let itemCount: Int
  /// Words and n-grams, by number; labels have the numbers behind them.
  private var words = TermTable()
  /// The item and the word of each occurrence, in the order of counting.
  private var occurrences: [(item: Int32, word: Int32)] = []
  private var labelColumns: [CategoryColumn] = []

  init(itemCount: Int) { self.itemCount = itemCount }

  /// Counts one occurrence of a word or n-gram.
  mutating func add(_ word: ArraySlice<UInt8>, to item: Int) {
    occurrences.append((Int32(item), words.insert(word)))
  }

  /// Adds a one-hot column for each label.
  mutating func addLabels(_ column: CategoryColumn) { labelColumns.append(column) }

  /// The weighted vectors.
  func vectors(minimumDocuments: Int, describedCount: Int, isSublinear: Bool) -> TermVectors {
    let counts = counts()
    var documents = [Int](repeating: 0, count: counts.columnCount)
    for term in counts.columns { documents[Int(term)] += 1 }
    let termed = (0..<itemCount).count { !counts.row($0).isEmpty }
    let described = Double(max(describedCount > 0 ? describedCount : itemCount, termed))
    // The new number of each term that stays, -1 of the others.
    var numbers = [Int32](repeating: -1, count: documents.count)
    var idf: [Double] = []
    var names = TextColumn()
    for (term, count) in documents.enumerated() where count >= minimumDocuments {
      numbers[term] = Int32(idf.count)
      idf.append(RealFunctions.log((1 + described) / (1 + Double(count))) + 1)
      append(term, to: &names)
    }
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for item in 0..<itemCount {
      let row = counts.row(item).filter { numbers[Int(counts.columns[$0])] >= 0 }
      let weights = row.map { entry in
        let frequency = Double(counts.values[entry])
        return (isSublinear ? 1 + RealFunctions.log(frequency) : frequency)
          * idf[Int(numbers[Int(counts.columns[entry])])]
      }
      let norm = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
      columns.append(contentsOf: row.map { numbers[Int(counts.columns[$0])] })
      values.append(contentsOf: weights.map { Float($0 / norm) })
      offsets.append(columns.count)
    }
    return TermVectors(
      terms: names,
      items: SparseRows(
        rowCount: itemCount, columnCount: idf.count, offsets: offsets, columns: columns, values: values))
  }

  /// How often each term occurs in each item; items × terms.
  private func counts() -> SparseRows {
    var ofItem = [[Int32]](repeating: [], count: itemCount)
    for (item, word) in occurrences { ofItem[Int(item)].append(word) }
    var first = Int32(words.count)
    for column in labelColumns {
      for item in 0..<column.count {
        ofItem[item].append(
          contentsOf: column.members[column.offsets[item]..<column.offsets[item + 1]].map { $0 + first })
      }
      first += Int32(column.labels.count)
    }
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for item in 0..<itemCount {
      var last: Int32 = -1
      for term in ofItem[item].sorted() {
        if term == last {
          values[values.count - 1] += 1
        } else {
          columns.append(term)
          values.append(1)
          last = term
        }
      }
      offsets.append(columns.count)
    }
    return SparseRows(
      rowCount: itemCount, columnCount: Int(first), offsets: offsets, columns: columns, values: values)
  }

  /// Adds the text of a term.
  private func append(_ term: Int, to names: inout TextColumn) {
    if term < words.count { return names.append(utf8: words.terms.utf8(term)) }
    var place = term - words.count
    for column in labelColumns {
      if place < column.labels.count { return names.append(column.labels[place]) }
      place -= column.labels.count
    }
  }
}
