import RecAlgebra
import RecData
import Testing

/// Preparation of ratings against pandas and scikit-learn.
@Suite struct PreparationTests {
  @Test func `leaves the core that pandas leaves`() throws {
    let reference = try PreparationReference.stored.get()
    let data = reference.dataset
    for core in reference.cores {
      let found = data.core(userMinimum: core.users, itemMinimum: core.items)
      let left = data.keeping(users: found.users, items: found.items)
      #expect(triples(left).map { $0.split(separator: " ").prefix(2).compactMap { Int($0) } } == core.left)
      #expect(left.entities.users.count == (core.users == 0 ? 24 : Set(core.left.map { $0[0] }).count))
      #expect(left.entities.items.count == (core.items == 0 ? 18 : Set(core.left.map { $0[1] }).count))
      let again = left.core(userMinimum: core.users, itemMinimum: core.items)
      #expect(again.rounds == 1 && !again.users.contains(false) && !again.items.contains(false))
    }
  }

  @Test func `takes fields and times along with what stays`() {
    let data = Dataset(
      name: "test",
      entities: Entities(
        users: Vocabulary(["a", "b", "c"]), items: Vocabulary(["1", "2"]),
        userFields: FieldTable([("age", .number([1, 2, .nan]))], describedCount: 2),
        itemFields: FieldTable([("title", .text(TextColumn(["one", "two"])))], describedCount: 2)),
      interactions: SparseRows(
        rowCount: 3, columnCount: 2, offsets: [0, 2, 3, 4], columns: [0, 1, 1, 0], values: [1, 2, 3, 4]),
      times: [10, 20, 30, 40], feedback: .ratings(RatingScale(lowest: 1, highest: 5, relevant: 4)), role: .train)
    let left = data.keeping(users: [true, false, true], items: [false, true])
    #expect(triples(left) == ["a 2 2.0@20"])
    #expect(left.entities.userFields == FieldTable([("age", .number([1, .nan]))], describedCount: 1))
    #expect(left.entities.itemFields.text("title", at: 0) == "two")
    #expect(left.role == .train && left.feedback == data.feedback)
  }

  @Test func `normalizes as scikit-learn does`() throws {
    let reference = try PreparationReference.stored.get()
    for expected in reference.normalized {
      let target = try #require(Normalization.Target(rawValue: expected.target))
      let axis = try #require(Normalization.Axis(rawValue: expected.axis))
      var data = reference.dataset
      data.preparation.normalization = Normalization(target, by: axis, lowest: -1, highest: 2)
      let (normalized, fitted) = try #require(data.normalized)
      let values = normalized.interactions.values
      // Values are rounded to Float once.
      for (value, expected) in zip(values, expected.values) { #expect(abs(Double(value) - expected) < 1e-6) }
      #expect(values.count == expected.values.count)
      #expect(fitted.constantCount == (reference.constants[expected.axis] ?? 0))
      for user in 0..<data.interactions.rowCount {
        let row = data.interactions.row(user)
        let own = fitted.line(ofUser: data.interactions.values[row])
        for entry in row {
          let line = axis == .item ? fitted.line(ofItem: Int(data.interactions.columns[entry])) : own
          #expect(abs(line.restored(values[entry]) - data.interactions.values[entry]) < 1e-5)
        }
      }
    }
  }

  @Test(arguments: [Normalization.Target.range, .zscore, .center], [Normalization.Axis.all, .user, .item])
  func `has a line for somebody without ratings, and for ratings that are all equal`(
    target: Normalization.Target, axis: Normalization.Axis
  ) {
    for values: [Float] in [[], [3, 3, 3]] {
      let rows = SparseRows(
        rowCount: 2, columnCount: 4, offsets: [0, values.count, values.count],
        columns: values.indices.map { Int32($0) }, values: values)
      let fitted = FittedNormalization(Normalization(target, by: axis), on: rows)
      for line in [fitted.overall, fitted.line(ofUser: []), fitted.line(ofItem: 3), fitted.line(ofUser: [Float(2)])] {
        #expect(line.scale > 0 && line.shift.isFinite)
      }
      #expect(fitted.isConsistent(itemCount: 4))
    }
  }

  @Test func `describes as pandas and NumPy do`() throws {
    let reference = try PreparationReference.stored.get()
    let (data, expected) = (reference.dataset, reference.described)
    let description = data.description
    #expect(abs(description.meanValue - expected.mean) < 1e-12)
    #expect(abs(description.standardDeviation - expected.deviation) < 1e-12)
    #expect(description.relevant?.mark == 4 && abs((description.relevant?.share ?? 0) - expected.relevant) < 1e-12)
    for (spread, other) in [(description.activity, expected.users), (description.popularity, expected.items)] {
      let quartiles = [
        Double(spread.least), spread.lowerQuartile, spread.median, spread.upperQuartile, Double(spread.most),
      ]
      for (found, wanted) in zip(quartiles, other.quartiles) { #expect(abs(found - wanted) < 1e-12) }
      #expect(abs(spread.gini - other.gini) < 1e-12 && abs(spread.mean - other.mean) < 1e-12)
      #expect(spread.singles == other.singles)
    }
    let isTrain = (0..<data.count).map { $0 < 60 }
    let cold = data.part(.test, keeping: isTrain.map { !$0 }).cold(beside: data.part(.train, keeping: isTrain))
    #expect([cold.users, cold.items, cold.count] == expected.cold)
  }

  @Test func `cuts as scikit-learn does`() throws {
    let reference = try PreparationReference.stored.get()
    for expected in reference.bins {
      let values = expected.values == "cut" ? reference.cut : reference.discrete
      let bins = try Bins(values, into: expected.count, by: try #require(Bins.Rule(rawValue: expected.rule)))
      #expect(bins.edges.count == expected.edges.count, "\(expected.values) \(expected.rule) \(expected.count)")
      for (edge, other) in zip(bins.edges, expected.edges) { #expect(abs(edge - other) < 1e-12) }
      #expect(values.map(bins.number) == expected.numbers, "\(expected.values) \(expected.rule) \(expected.count)")
    }
  }

  @Test func `puts a number beyond the edges into the first or the last interval`() throws {
    let bins = try Bins([1, 2, 3, 4, 5], into: 4, by: .width)
    #expect([-9, 1, 2, 4.5, 5, 99].map(bins.number) == [1, 1, 2, 4, 4, 4])
    #expect(throws: FieldProblem.allEqual) { try Bins([2, 2], into: 2, by: .width) }
    #expect(throws: FieldProblem.nothingKnown) { try Bins([], into: 2, by: .quantile) }
  }

  @Test func `gives cut ratings a scale of their own`() throws {
    let data = try PreparationReference.stored.get().dataset
    let binned = data.binned(by: try Bins(data.interactions.values.map { Double($0) }, into: 5, by: .width))
    #expect(binned.feedback == .ratings(RatingScale(lowest: 1, highest: 5, relevant: 4)))
    #expect(Set(binned.interactions.values) == [1, 2, 3, 4, 5])
  }
}
