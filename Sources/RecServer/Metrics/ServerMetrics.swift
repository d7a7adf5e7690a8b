import Metrics
import Synchronization

/// What the server counts of itself.
///
/// A class because all requests count. Handles are kept by what they count, so that a request makes none.
package final class ServerMetrics: Sendable {
  private struct RequestKey: Hashable {
    let route: String
    let status: Int
  }

  private struct Handles {
    var requests: [RequestKey: Counter] = [:]
    var durations: [String: Timer] = [:]
    var items: [String: Counter] = [:]
  }

  private let registry = PrometheusRegistry()
  private let handles = Mutex(Handles())
  private let events: Counter
  private let repeatedEvents: Counter
  private let reloads: Counter
  private let failedReloads: Counter

  init() {
    registry.describe("recline_requests_total", "counter", "Requests answered, by route and status.")
    registry.describe("recline_request_seconds", "histogram", "Time from a request's head to its answer, by route.")
    registry.describe("recline_listed_items_total", "counter", "Items in lists, by model.")
    registry.describe("recline_events_total", "counter", "Events acknowledged, by whether they were new.")
    registry.describe("recline_model_loads_total", "counter", "Model versions picked up while serving, by outcome.")
    registry.describe("recline_waiting_requests", "gauge", "Requests that wait for a scoring thread.")
    registry.describe("recline_model_version", "gauge", "The version that answers, by model.")
    events = Counter(label: "recline_events_total", dimensions: [("state", "new")], factory: registry)
    repeatedEvents = Counter(label: "recline_events_total", dimensions: [("state", "repeated")], factory: registry)
    reloads = Counter(label: "recline_model_loads_total", dimensions: [("outcome", "served")], factory: registry)
    failedReloads = Counter(label: "recline_model_loads_total", dimensions: [("outcome", "refused")], factory: registry)
  }

  func answered(_ route: String, status: Int, nanoseconds: Int64) {
    let (counter, timer) = handles.withLock { handles in
      let key = RequestKey(route: route, status: status)
      let counter =
        handles.requests[key]
        ?? Counter(
          label: "recline_requests_total", dimensions: [("route", route), ("status", String(status))],
          factory: registry)
      let timer =
        handles.durations[route]
        ?? Timer(label: "recline_request_seconds", dimensions: [("route", route)], factory: registry)
      handles.requests[key] = counter
      handles.durations[route] = timer
      return (counter, timer)
    }
    counter.increment()
    timer.recordNanoseconds(nanoseconds)
  }

  func listed(_ count: Int, model: String) {
    let counter = handles.withLock { handles in
      let counter =
        handles.items[model]
        ?? Counter(label: "recline_listed_items_total", dimensions: [("model", model)], factory: registry)
      handles.items[model] = counter
      return counter
    }
    counter.increment(by: Int64(count))
  }

  func logged(new: Int, of count: Int) {
    events.increment(by: Int64(new))
    repeatedEvents.increment(by: Int64(count - new))
  }

  func loaded(isServed: Bool) { (isServed ? reloads : failedReloads).increment() }

  /// Prometheus' text, with what is read off at the moment.
  func text(of service: RecommendationService) -> String {
    Meter(label: "recline_waiting_requests", factory: registry).set(Int64(service.queue.waitingCount))
    for served in service.registry.available {
      Meter(label: "recline_model_version", dimensions: [("model", served.name)], factory: registry)
        .set(Int64(served.version))
    }
    return registry.text
  }
}
