internal import RecAlgebra
internal import RecData

/// What imputed entries add to the factor of a user, for a model whose items have factors V.
///
/// Row u of the completed and centred matrix is *rating − fill* at the rated items plus α_u 1 + β everywhere, with
/// α_u = the user's share of the fill − the user's offset and β_i = the item's share − the item's offset. Times V that is a
/// sum over the rated items and α_u (1ᵀV) + βᵀV.
struct ImputedAbsences: Sendable, Equatable, Codable {
  let fill: FittedImputation
  /// 1ᵀV and βᵀV; (rank,).
  private let ofOnes: [Double]
  private let ofItems: [Double]

  init(_ fill: FittedImputation, center: RatingCenter, factors: DenseMatrix) {
    self.fill = fill
    var ones = [Double](repeating: 0, count: factors.columnCount)
    var items = ones
    for item in 0..<factors.rowCount {
      let offset = fill.itemShare(item) - center.itemOffset(item)
      for (place, value) in factors.row(item).enumerated() {
        ones[place] += Double(value)
        items[place] += offset * Double(value)
      }
    }
    ofOnes = ones
    ofItems = items
  }

  /// What the absent entries of a history add; (rank,).
  func factor(of history: History, userOffset: Double) -> [Double] {
    let share = fill.userShare(history.values) - userOffset
    return zip(ofOnes, ofItems).map { share * $0 + $1 }
  }

  func isConsistent(itemCount: Int, rank: Int) -> Bool {
    fill.isConsistent(itemCount: itemCount) && ofOnes.count == rank && ofItems.count == rank
  }
}

extension FittedImputation {
  /// The history's values less what would stand in their place.
  func differences(_ history: History) -> [Float] {
    let share = userShare(history.values)
    return zip(history.items, history.values).map { Float(Double($1) - share - itemShare(Int($0))) }
  }
}
