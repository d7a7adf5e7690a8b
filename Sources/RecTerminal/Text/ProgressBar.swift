package import RecKernels
import RecLanguage
import Synchronization

/// A line on standard error that tells how far long work has come, and goes when the work is done.
///
/// It appears only on a terminal, after half a second, and is drawn at most ten times a second. A class, because the
/// work reports to it from any thread.
package final class ProgressBar: Sendable {
  /// How long work goes on unseen.
  static let patience = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(100)

  private struct State {
    var start: ContinuousClock.Instant?
    var drawn: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  private let isEnabled: Bool

  /// A bar on standard error, or none where that is no terminal or `isWanted` is false.
  package init(isWanted: Bool = true) {
    isEnabled = isWanted && StandardStream.error.isTerminal
  }

  /// A statement starts.
  package func begin() {
    guard isEnabled else { return }
    state.withLock { $0 = State(start: .now) }
  }

  /// Takes word of the work; what `Execution` reports to.
  package func report(_ progress: Progress) {
    guard isEnabled else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard let start = state.start, now - start >= Self.patience else { return }
      if let drawn = state.drawn, now - drawn < Self.interval { return }
      state.drawn = now
      let width = terminalSize(StandardStream.error.rawValue)?.columns ?? 80
      Self.write("\r" + Self.line(progress, elapsed: now - start, width: width - 1) + "\u{1B}[K")
    }
  }

  /// Takes the line away, so that output starts on a clean one; the work goes on.
  package func hide() {
    guard isEnabled else { return }
    state.withLock { state in
      if state.drawn != nil { Self.write("\r\u{1B}[K") }
      state.drawn = nil
    }
  }

  /// The statement is done: the line goes.
  package func end() {
    guard isEnabled else { return }
    hide()
    state.withLock { $0 = State() }
  }

  /// Nobody is left to see it when this fails.
  private static func write(_ text: String) {
    try? StandardStream.error.write(text)
  }

  /// Label, bar, share, rate, time left and loss; label and time where the share is not known.
  static func line(_ progress: Progress, elapsed: Duration, width: Int) -> String {
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    let loss = progress.loss.map { " · loss \(shown($0))" } ?? ""
    guard let fraction = progress.fraction, fraction.isFinite else {
      return "\(progress.label) · \(time(seconds))\(loss)".fitted(toWidth: width)
    }
    let share = min(max(fraction, 0), 1)
    let percent = "\(Int((share * 100).rounded(.down)))%".padded(toWidth: 4, onLeft: true)
    let left = share > 0.01 ? " · \(time(seconds * (1 - share) / share)) left" : ""
    let speed = progress.total.flatMap { rate($0, share: share, seconds: seconds) } ?? ""
    let end = " \(percent)\(speed)\(left)\(loss)"
    let room = min(width - progress.label.count - end.count - 1, 30)
    guard room >= 5 else { return (progress.label + end).fitted(toWidth: width) }
    let filled = Int((share * Double(room)).rounded(.down))
    return "\(progress.label) " + String(repeating: "━", count: filled) + String(repeating: "╌", count: room - filled)
      + end
  }

  /// How fast it goes, as numbers that are read easily: `3.2 epochs/s`, or `4.1 s/epoch` where one takes longer.
  private static func rate(_ total: Progress.Amount, share: Double, seconds: Double) -> String? {
    let done = total.count * share
    guard share > 0.01, done > 0, seconds > 0 else { return nil }
    let perSecond = done / seconds
    let unit = total.unit
    if perSecond < 1 { return " · \(decimals(1 / perSecond, 1)) s/\(unit)" }
    let plural = unit.allSatisfy(\.isUppercase) ? unit : unit + "s"
    return " · \(perSecond < 100 ? decimals(perSecond, 1) : grouped(Int(min(perSecond, 1e15)))) \(plural)/s"
  }

  /// A time as one would say it: `0.8 s`, `12 s`, `3 min 05 s`, `1 h 02 min`.
  private static func time(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e9).rounded())
    let two = { (number: Int) in number < 10 ? "0\(number)" : String(number) }
    if seconds < 9.95 {
      let tenths = Int((seconds * 10).rounded())
      return "\(tenths / 10).\(tenths % 10) s"
    }
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(two(whole % 60)) s" }
    return "\(whole / 3600) h \(two(whole / 60 % 60)) min"
  }
}
