import FoundationEssentials
import Synchronization

/// The present second as HTTP writes it, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
///
/// A class because all answers of a second share one text.
package final class HTTPDate: Sendable {
  private let kept = Mutex<(second: Int, text: String)>((0, ""))

  var now: String {
    let second = Int(Date().timeIntervalSince1970)
    return kept.withLock { kept in
      if kept.second != second { kept = (second, Self.text(second)) }
      return kept.text
    }
  }

  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// - Parameter second: Since 1970, UTC; not below 0.
  package static func text(_ second: Int) -> String {
    // 1994-11-06T08:49:37Z
    let digits = Date(timeIntervalSince1970: Double(second)).formatted(.iso8601)
    let date = digits.prefix(10).split(separator: "-")
    let day = second / 86_400
    return
      "\(days[day % 7]), \(date[2]) \(months[(Int(date[1]) ?? 1) - 1]) \(date[0]) \(digits.dropFirst(11).prefix(8)) GMT"
  }
}
