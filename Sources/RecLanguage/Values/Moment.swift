/// A moment as one would type it, `2018-01-31` or `2018-01-31T12:00`, in UTC; seconds only where there are some.
///
/// - Parameter seconds: since 1970-01-01T00:00Z; the calendar is the proleptic Gregorian one (Hinnant 2013,
///   "chrono-compatible low-level date algorithms").
package func moment(_ seconds: Int64) -> String {
  let day = Int((seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400)
  let second = Int(seconds - Int64(day) * 86_400)
  let shifted = day + 719_468
  let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
  let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  var text = "\(year)-\(twoDigits(month))-\(twoDigits(dayOfMonth))"
  guard second != 0 else { return text }
  text += "T\(twoDigits(second / 3600)):\(twoDigits(second / 60 % 60))"
  return second % 60 == 0 ? text : text + ":\(twoDigits(second % 60))"
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
