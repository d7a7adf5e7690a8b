package import RecLanguage

extension Figure.Series {
  /// The points that a drawing of so many columns can show: of each column the first, lowest, highest and last.
  ///
  /// Points in the order of x keep the shape of their line (Jugel et al. 2014, M4, doi:10.14778/2732951.2732953).
  /// - Parameter share: where a point stands along the axis, from 0 to 1; nil where it has no place.
  package func thinned(columns: Int, share: (Figure.Point) -> Double?) -> Figure.Series {
    guard points.count > columns * 4 else { return self }
    var kept: [Figure.Point] = []
    var start = 0
    func column(_ place: Int) -> Int { share(points[place]).map { Int($0 * Double(columns)) } ?? -1 }
    while start < points.count {
      let first = column(start)
      var end = start + 1
      var (lowest, highest) = (start, start)
      while end < points.count, column(end) == first {
        if points[end].y < points[lowest].y { lowest = end }
        if points[end].y > points[highest].y { highest = end }
        end += 1
      }
      for place in Set([start, lowest, highest, end - 1]).sorted() { kept.append(points[place]) }
      start = end
    }
    return Figure.Series(name, kept)
  }
}
