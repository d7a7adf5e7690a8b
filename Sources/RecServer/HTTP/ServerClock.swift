import FoundationEssentials
import Synchronization

/// The present second as it is written in answers and in the access log.
///
/// A class because all answers of a second share one text.
package final class ServerClock: Sendable {
  package struct Texts: Sendable, Equatable {
    /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
    package let http: String
    /// `06/Nov/1994:08:49:37 +0000`, as in the Common Log Format.
    package let log: String

    /// - Parameter second: Since 1970, UTC; not below 0.
    package init(_ second: Int) {
      // 1994-11-06T08:49:37Z
      let digits = Date(timeIntervalSince1970: Double(second)).formatted(.iso8601)
      let date = digits.prefix(10).split(separator: "-")
      let time = digits.dropFirst(11).prefix(8)
      let month = ServerClock.months[(Int(date[1]) ?? 1) - 1]
      http = "\(ServerClock.days[second / 86_400 % 7]), \(date[2]) \(month) \(date[0]) \(time) GMT"
      log = "\(date[2])/\(month)/\(date[0]):\(time) +0000"
    }
  }

  private let kept = Mutex<(second: Int, texts: Texts)>((0, Texts(0)))

  var now: Texts {
    let second = Int(Date().timeIntervalSince1970)
    return kept.withLock { kept in
      if kept.second != second { kept = (second, Texts(second)) }
      return kept.texts
    }
  }

  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
