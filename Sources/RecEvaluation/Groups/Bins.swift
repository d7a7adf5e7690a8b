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

  /// Stretches with the same number of values, as far as equal ones allow.
  init(thirdsOf values: [Double], names: [String]) {
    let sorted = values.sorted()
    cut(sorted, names: names) { place in sorted.count * place / names.count }
  }

  /// Stretches with the same sum of values, as far as equal ones allow; values are not negative.
  init(thirdsOfTotal values: [Double], names: [String]) {
    let sorted = values.sorted()
    let total = sorted.reduce(0, +)
    var ends: [Int] = []
    var sum = 0.0
    for (place, value) in sorted.enumerated() {
      while ends.count < names.count - 1, sum >= total * Double(ends.count + 1) / Double(names.count) {
        ends.append(place)
      }
      sum += value
    }
    while ends.count < names.count - 1 { ends.append(sorted.count) }
    cut(sorted, names: names) { $0 == 0 ? 0 : $0 == names.count ? sorted.count : ends[$0 - 1] }
  }

  private mutating func cut(_ sorted: [Double], names: [String], _ start: (Int) -> Int) {
    var first = 0
    for (place, name) in names.enumerated() {
      var end = place == names.count - 1 ? sorted.count : max(first, start(place + 1))
      while end > first, end < sorted.count, sorted[end] == sorted[end - 1] { end += 1 }
      if end > first {
        bins.append(Bin(name: name, lowest: sorted[first], highest: sorted[end - 1]))
        first = end
      }
    }
  }
}
