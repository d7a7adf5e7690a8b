package import Metrics
import Synchronization

/// The metrics of a server by name and labels, which Prometheus reads as text.
///
/// A factory of swift-metrics that belongs to its server, not to the process, so that two servers count apart. A class
/// because handlers and readers share it.
package final class PrometheusRegistry: MetricsFactory, Sendable {
  private struct Key: Hashable {
    let name: String
    let labels: String
  }

  /// What is said of a family of metrics.
  private struct Family {
    let kind: String
    let help: String
  }

  private struct State {
    var numbers: [Key: PrometheusNumber] = [:]
    var histograms: [Key: PrometheusHistogram] = [:]
    var families: [String: Family] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  /// Says what a family of metrics is.
  func describe(_ name: String, _ kind: String, _ help: String) {
    state.withLock { $0.families[name] = Family(kind: kind, help: help) }
  }

  private func number(_ label: String, _ dimensions: [(String, String)]) -> PrometheusNumber {
    kept(\.numbers, label, dimensions, else: PrometheusNumber())
  }

  private func histogram(_ label: String, _ dimensions: [(String, String)]) -> PrometheusHistogram {
    kept(\.histograms, label, dimensions, else: PrometheusHistogram())
  }

  /// What is kept under a name and labels, or what is kept from now on.
  private func kept<Handler: Sendable>(
    _ table: WritableKeyPath<State, [Key: Handler]>, _ label: String, _ dimensions: [(String, String)],
    else make: @autoclosure () -> Handler
  ) -> Handler {
    let key = Key(name: label, labels: Self.labels(dimensions))
    return state.withLock { state in
      if let handler = state[keyPath: table][key] { return handler }
      let handler = make()
      state[keyPath: table][key] = handler
      return handler
    }
  }

  // MARK: MetricsFactory

  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    number(label, dimensions)
  }

  package func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    number(label, dimensions)
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    number(label, dimensions)
  }

  package func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    if aggregate { histogram(label, dimensions) } else { number(label, dimensions) }
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    histogram(label, dimensions)
  }

  package func destroyCounter(_ handler: any CounterHandler) {}
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  package func destroyMeter(_ handler: any MeterHandler) {}
  package func destroyRecorder(_ handler: any RecorderHandler) {}
  package func destroyTimer(_ handler: any TimerHandler) {}

  // MARK: Text

  /// Everything in Prometheus' text format, version 0.0.4, sorted by name.
  package var text: String {
    let (numbers, histograms, families) = state.withLock { ($0.numbers, $0.histograms, $0.families) }
    var lines: [String: [(labels: String, lines: [String])]] = [:]
    for (key, number) in numbers {
      lines[key.name, default: []].append((key.labels, ["\(key.name)\(braced(key.labels)) \(Self.text(number.value))"]))
    }
    for (key, histogram) in histograms {
      lines[key.name, default: []].append((key.labels, histogram.lines(key.name, key.labels)))
    }
    var text = ""
    for (name, samples) in lines.sorted(by: { $0.key < $1.key }) {
      if let family = families[name] {
        text += "# HELP \(name) \(family.help)\n# TYPE \(name) \(family.kind)\n"
      }
      for sample in samples.sorted(by: { $0.labels < $1.labels }) {
        for line in sample.lines { text += line + "\n" }
      }
    }
    return text
  }

  private func braced(_ labels: String) -> String { labels.isEmpty ? "" : "{\(labels)}" }

  static func text(_ number: Double) -> String {
    if let whole = Int(exactly: number) { return String(whole) }
    return number.isNaN ? "NaN" : number == .infinity ? "+Inf" : number == -.infinity ? "-Inf" : number.description
  }

  private static func labels(_ dimensions: [(String, String)]) -> String {
    dimensions.map { name, value in
      let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      return "\(name)=\"\(escaped)\""
    }.joined(separator: ",")
  }
}

/// A number that goes up and down.
final class PrometheusNumber: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, Sendable {
  private let number = Mutex(0.0)

  var value: Double { number.withLock { $0 } }

  func increment(by amount: Int64) { number.withLock { $0 += Double(amount) } }
  func increment(by amount: Double) { number.withLock { $0 += amount } }
  func decrement(by amount: Double) { number.withLock { $0 -= amount } }
  func set(_ value: Int64) { number.withLock { $0 = Double(value) } }
  func set(_ value: Double) { number.withLock { $0 = value } }
  func record(_ value: Int64) { set(value) }
  func record(_ value: Double) { set(value) }
  func reset() { number.withLock { $0 = 0 } }
}

/// Durations in seconds, by how many were at most as long as each bound.
final class PrometheusHistogram: TimerHandler, RecorderHandler, Sendable {
  private static let bounds = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]

  private struct State {
    var counts = [Int](repeating: 0, count: PrometheusHistogram.bounds.count + 1)
    var sum = 0.0
  }

  private let state = Mutex(State())

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) {
    let place = Self.bounds.firstIndex { value <= $0 } ?? Self.bounds.count
    state.withLock { state in
      state.counts[place] += 1
      state.sum += value
    }
  }

  func lines(_ name: String, _ labels: String) -> [String] {
    let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
    let prefix = labels.isEmpty ? "" : labels + ","
    let braced = labels.isEmpty ? "" : "{\(labels)}"
    var total = 0
    var lines: [String] = []
    for (place, count) in counts.enumerated() {
      total += count
      let bound = place < Self.bounds.count ? PrometheusRegistry.text(Self.bounds[place]) : "+Inf"
      lines.append("\(name)_bucket{\(prefix)le=\"\(bound)\"} \(total)")
    }
    return lines + ["\(name)_sum\(braced) \(PrometheusRegistry.text(sum))", "\(name)_count\(braced) \(total)"]
  }
}
