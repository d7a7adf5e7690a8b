/// Numbers parted into a few stretches that follow each other; equal ones stand together.
struct Bins: Sendable {
  struct Bin: Sendable {
    let name: String
    let lowest: Double
    let highest: Double

    func holds(_ value: Double) -> Bool { value >= lowest && value <= highest }

    /// `1–20 ratings`, or `1–20` without a noun.
    func range(_ noun: String?) -> String {
      let ends = lowest == highest ? Self.text(lowest) : "\(Self.text(lowest))–\(Self.text(highest))"
      return noun.map { "\(ends) \($0)\(highest == 1 ? "" : "s")" } ?? ends
    }

    private static func text(_ number: Double) -> String { Int(exactly: number)?.description ?? number.description }
  }

  private(set) var bins: [Bin] = []

  /// Stretches with the same number of values, as far as equal ones allow; the smallest first.
  init(thirdsOf values: [Double], names: [String]) {
    let sorted = values.sorted()
    cut(sorted, names: names) { place, end in end >= sorted.count * place / names.count }
  }

  /// Stretches with the same sum of values, as far as single and equal ones allow; the largest first, none negative.
  init(thirdsOfTotal values: [Double], names: [String]) {
    let sorted = values.sorted(by: >)
    let total = sorted.reduce(0, +)
    var sums = [0.0]
    for value in sorted { sums.append(sums[sums.count - 1] + value) }
    cut(sorted, names: names) { place, end in sums[end] >= total * Double(place) / Double(names.count) }
  }

  /// - Parameter isFull: whether the first so many stretches may end at a place of the sorted values.
  private mutating func cut(_ sorted: [Double], names: [String], _ isFull: (_ place: Int, _ end: Int) -> Bool) {
    var first = 0
    for (place, name) in names.enumerated() {
      var end = first
      while end < sorted.count, place == names.count - 1 || !isFull(place + 1, end) { end += 1 }
      while end > first, end < sorted.count, sorted[end] == sorted[end - 1] { end += 1 }
      guard end > first else { continue }
      let ends = [sorted[first], sorted[end - 1]]
      bins.append(Bin(name: name, lowest: min(ends[0], ends[1]), highest: max(ends[0], ends[1])))
      first = end
    }
  }
}
