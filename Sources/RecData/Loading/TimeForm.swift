import RecKernels

/// How a file writes times.
package enum TimeForm: Sendable, Equatable {
  case seconds, milliseconds, microseconds, iso8601

  /// What some times of a file tell; nil where none of them is one.
  ///
  /// Numbers of milliseconds since 1973 are larger than any number of seconds up to the year 5138.
  init?(_ sample: [String]) {
    let numbers = sample.compactMap { text -> Int64? in
      let bytes = Array(text.utf8)
      return text.count > 4 && text.dropFirst(4).first == "-" ? nil : TextScan.moment(bytes.span)
    }.sorted()
    if numbers.isEmpty {
      guard
        sample.contains(where: { text in
          let bytes = Array(text.utf8)
          return TextScan.moment(bytes.span) != nil
        })
      else { return nil }
      self = .iso8601
      return
    }
    switch numbers[numbers.count / 2] {
    case 100_000_000_000_000...: self = .microseconds
    case 100_000_000_000...: self = .milliseconds
    default: self = .seconds
    }
  }

  /// How many of its units a second has.
  var unitsInSecond: Int64 {
    switch self {
    case .seconds, .iso8601: 1
    case .milliseconds: 1000
    case .microseconds: 1_000_000
    }
  }

  /// As one says it: "milliseconds since 1970".
  package var words: String {
    switch self {
    case .seconds: "seconds since 1970"
    case .milliseconds: "milliseconds since 1970"
    case .microseconds: "microseconds since 1970"
    case .iso8601: "ISO 8601"
    }
  }

  /// The years 1 to 9999, in seconds since 1970.
  static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// Whole seconds, rounded down.
  func seconds(_ time: Int64) -> Int64 {
    let unit = unitsInSecond
    let quotient = time / unit
    return time % unit < 0 ? quotient - 1 : quotient
  }
}
