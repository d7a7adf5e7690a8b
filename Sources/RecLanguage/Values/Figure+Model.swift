import RecModels

extension Figure {
  /// How a model's training went, else its singular values; nil where it has neither.
  init?(of model: Model, named name: String) {
    if let curve = model.curve {
      self.init(of: curve, named: name)
    } else if let values = model.recommender.singularValues {
      let points = values.enumerated().map { Point(x: Double($0 + 1), y: $1) }
      self.init(
        title: "singular values of \(name)", mark: .line, x: Axis("factor"), y: Axis("singular value"),
        series: [Series("singular value", points)])
    } else {
      return nil
    }
  }

  /// The loss against the epoch, and the held-out rows' metric beside it where both have one unit, else that metric alone.
  private init(of curve: LearningCurve, named name: String) {
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
}
