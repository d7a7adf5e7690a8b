import RecKernels

/// A set of timings that belong together.
struct Suite: Sendable {
  let name: String
  let summary: String
  let run: @Sendable () -> Void

  init(_ name: String, _ summary: String, run: @escaping @Sendable () -> Void) {
    self.name = name
    self.summary = summary
    self.run = run
  }
}

/// The shortest time of some runs, in seconds: what the work costs where nothing disturbs it.
func bestTime(runs: Int = 7, _ work: () -> Void) -> Double {
  (0..<runs).reduce(Double.infinity) { best, _ in min(best, time(work)) }
}

/// How long a work takes, in seconds.
func time(_ work: () -> Void) -> Double {
  let duration = ContinuousClock().measure(work).components
  return Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
}

/// Prints one line for work that computes: its floating-point operations, beside those of a matrix product.
func report(_ work: String, seconds: Double, operations: Double, threads: Int = 1) {
  report(
    work, seconds: seconds, rate: operations / seconds * 1e-9, unit: "GFLOP/s",
    limit: MachineLimit.matrixProduct * Double(threads))
}

/// Prints one line for work that moves memory: the bytes that it reads and writes, beside those of a copy loop.
func report(_ work: String, seconds: Double, bytes: Double, threads: Int = 1) {
  report(
    work, seconds: seconds, rate: bytes / seconds * 1e-9, unit: "GB/s",
    limit: MachineLimit.copyBandwidth * Double(threads))
}

/// Prints one line: the work, its time, its rate, and the share of the machine's limit where there is one.
func report(_ work: String, seconds: Double, rate: Double? = nil, unit: String = "", limit: Double? = nil) {
  var line = padded(work, 44) + padded(formatFixed(seconds * 1000, decimals: 3) + " ms", 16)
  if let rate {
    line += padded(formatFixed(rate, decimals: 2) + " " + unit, 20)
    if let limit { line += formatFixed(100 * rate / limit, decimals: 0) + "% of the limit" }
  }
  print(line)
}

private func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(1, width - text.count))
}
