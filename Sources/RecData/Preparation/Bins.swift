import RecAlgebra

/// Numbers cut into intervals; an interval holds its lower end, the last one its upper end, too.
///
/// The edges are those of scikit-learn's `KBinsDiscretizer`, strategies `uniform` and `quantile`.
package struct Bins: Sendable, Equatable {
  package enum Rule: String, Sendable {
    /// Intervals of one width between the lowest and the highest number.
    case width
    /// Intervals with the same share of the numbers, as far as equal numbers allow.
    case quantile
  }

  /// Ascending strictly; one more than there are intervals.
  package let edges: [Double]

  package var count: Int { edges.count - 1 }

  /// - Parameters:
  ///   - numbers: finite; at least two different ones.
  ///   - count: how many intervals; fewer come where quantiles coincide.
  package init(_ numbers: [Double], into count: Int, by rule: Rule) throws(FieldProblem) {
    precondition(count >= 1, "at least one interval")
    let sorted = numbers.sorted()
    guard let low = sorted.first, let high = sorted.last else { throw .nothingKnown }
    guard low < high else { throw .allEqual }
    var edges: [Double] = []
    for place in 0...count {
      let share = Double(place) / Double(count)
      let edge =
        switch rule {
        case _ where place == count: high
        case .width: low + Double(place) * ((high - low) / Double(count))
        case .quantile: Statistic.quantile(sorted, share)
        }
      // An interval narrower than rounding is none.
      if let last = edges.last, edge - last <= 1e-8 {
        if place == count { edges[edges.count - 1] = high }
        continue
      }
      edges.append(edge)
    }
    if edges.count < 2 { edges = [low, high] }
    self.edges = edges
  }

  /// The number of the interval that a number falls into, from 1; those outside fall into the first or the last.
  package func number(of value: Double) -> Int {
    1 + edges[1..<edges.count - 1].count { $0 <= value }
  }
}

extension Dataset {
  /// The ratings with the numbers of their intervals in their place, and the scale from 1 to the number of intervals.
  package func binned(by bins: Bins) -> Dataset {
    var result = self
    result.interactions = interactions.replacingValues(interactions.values.map { Float(bins.number(of: Double($0))) })
    result.feedback = .ratings(RatingScale(occurring: (1...bins.count).map { Float($0) }))
    return result
  }
}
