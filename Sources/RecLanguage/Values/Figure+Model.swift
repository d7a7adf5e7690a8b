import RecData
import RecModels

extension Figure {
  /// The loss against the epoch, and the held-out rows' metric beside it where both have one unit, else that metric alone.
  init(of curve: LearningCurve, named name: String) {
    func series(_ label: String, _ value: (LearningCurve.Point) -> Double?) -> Series? {
      let points = curve.points.compactMap { point in
        value(point).map { Point(x: Double(point.epoch), y: $0) }
      }
      return points.isEmpty ? nil : Series(label, points)
    }
    let loss = series("train", \.loss)
    let valid = series("valid", \.validation)
    let sharesUnit = curve.validationName == curve.lossName
    self.init(
      title: "learning curve of \(name)", mark: .line, x: Axis("epoch"),
      y: Axis(valid == nil || sharesUnit ? curve.lossName : curve.validationName ?? curve.lossName),
      series: [sharesUnit || valid == nil ? loss : nil, valid].compactMap { $0 })
  }

  /// The singular values against their number.
  init(singularValues values: [Double], named name: String) {
    let points = values.enumerated().map { Point(x: Double($0 + 1), y: $1) }
    self.init(
      title: "singular values of \(name)", mark: .line, x: Axis("factor"), y: Axis("singular value"),
      series: [Series("singular value", points)])
  }

  /// The most rated items in the first two factors, those with the most ratings named; nil without factors.
  ///
  /// - Parameter count: how many are named; ten times as many are drawn.
  init?(itemsOf model: Model, named name: String, count: Int) {
    let items = model.mostRated(10 * count)
    let points = items.enumerated().compactMap { place, item -> Point? in
      guard let factors = model.recommender.firstFactors(of: item) else { return nil }
      return Point(
        x: Double(factors.first), y: Double(factors.second), label: place < count ? model.entities.title(of: item) : nil
      )
    }
    guard !points.isEmpty else { return nil }
    self.init(
      title: "the items of \(name) in its first two factors", mark: .point, x: Axis("factor 1"), y: Axis("factor 2"),
      series: [Series("items", points)])
  }

  /// The likeness of the most rated items with one another; nil where the model does not compare items.
  init?(similaritiesOf model: Model, named name: String, count: Int) {
    let items = model.mostRated(count)
    var values: [Double] = []
    for item in items {
      guard let row = model.recommender.similarities(to: item) else { return nil }
      values += items.map { Double(row[$0.raw]) }
    }
    guard !items.isEmpty else { return nil }
    self.init(
      title: "likeness of the most rated items by \(name)", mark: .heat, x: Axis("item", scale: .band),
      y: Axis("cosine"), series: [],
      matrix: Matrix(labels: items.map { model.entities.title(of: $0) }, values: values))
  }
}

extension Model {
  /// The items with the most interactions, of equal ones the first by id.
  fileprivate func mostRated(_ count: Int) -> [ItemIndex] {
    let counts = training.ratingCounts
    return counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(count)
      .map { ItemIndex($0) }
  }
}
