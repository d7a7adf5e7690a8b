import RecAlgebra
import RecData
import RecModels

extension Figure {
  /// How often each value occurs, as the description counts it.
  static func histogram(of description: DatasetDescription, title: String, unit: String) -> Figure {
    let points = description.histogram.map { bin in
      let low = significant(Double(bin.low))
      let label = bin.low == bin.high ? low : "\(low)–\(significant(Double(bin.high)))"
      return Point(x: Double(bin.low), y: Double(bin.count), label: label)
    }
    return Figure(
      title: title, mark: .bar, x: Axis(unit, scale: .band), y: Axis("count"), series: [Series("count", points)])
  }

  /// How often each value occurs: a bar for each where they are few, else twenty bins of equal width.
  static func histogram(of values: some Collection<Double>, title: String, unit: String) -> Figure {
    var counts: [Double: Int] = [:]
    for value in values where value.isFinite { counts[value, default: 0] += 1 }
    let points: [Point]
    if counts.count <= 24 {
      points = counts.sorted { $0.key < $1.key }.map { Point(x: $0.key, y: Double($0.value), label: plain($0.key)) }
    } else {
      points = binned(counts, count: 20)
    }
    return Figure(
      title: title, mark: .bar, x: Axis(unit, scale: .band), y: Axis("count"), series: [Series("count", points)])
  }

  private static func binned(_ counts: [Double: Int], count: Int) -> [Point] {
    let low = counts.keys.min() ?? 0
    let high = counts.keys.max() ?? 0
    // Halves, so that the width of the widest range there is stays finite.
    let width = (high / 2 - low / 2) / Double(count) * 2
    var bins = [Int](repeating: 0, count: count)
    for (value, number) in counts {
      let place = width > 0 ? (value / 2 - low / 2) / width * 2 : 0
      bins[place.isFinite ? min(max(Int(place), 0), count - 1) : 0] += number
    }
    return bins.enumerated().map { bin, number in
      let start = low + Double(bin) * width
      return Point(x: start, y: Double(number), label: "\(significant(start))–\(significant(start + width))")
    }
  }

  /// How many interactions users, or items, have: from the one with the most to the one with the fewest.
  ///
  /// Both axes are logarithmic; a straight line is a power law (Zipf 1949; Newman 2005, doi:10.1080/00107510500052444).
  static func ranks(of data: Dataset, byItem: Bool, named name: String) -> Figure {
    let counts =
      byItem
      ? data.ratingCounts : (0..<data.interactions.rowCount).map { data.interactions.row($0).count }
    let sorted = counts.filter { $0 > 0 }.sorted(by: >)
    let points = sorted.enumerated().map { Point(x: Double($0 + 1), y: Double($1)) }
    return Figure(
      title: "\(byItem ? "popularity of the items" : "activity of the users") of \(name)", mark: .line,
      x: Axis(byItem ? "rank of the item" : "rank of the user", scale: .log),
      y: Axis("\(data.eventNoun)s", scale: .log), series: [Series("\(data.eventNoun)s", points)])
  }
}

/// As many digits as tell neighbouring bins apart.
func significant(_ number: Double) -> String {
  if let whole = Int(exactly: number) { return String(whole) }
  let digits = number.magnitude >= 100 ? 0 : number.magnitude >= 10 ? 1 : 2
  let text = decimals(number, digits)
  return digits == 2 && text.hasSuffix("0") && text != "0.00" ? String(text.dropLast()) : text
}
