import RecKernels

/// The suites by name; a new one is a file in `Suites` and a line here.
let suites: [Suite] = [
  .machine, .pool, .sparse, .loading, .svd, .scoring, .random, .sgd, .als, .bpr, .neighbors, .evaluation, .models,
]

let wanted = CommandLine.arguments.dropFirst()
if wanted == ["serve"] {
  StatementServer.run()
  endProgram(status: 0)
}
let unknown = wanted.filter { name in !suites.contains { $0.name == name } }
guard unknown.isEmpty else {
  print("no suite \(unknown.joined(separator: ", ")); there are \(suites.map(\.name).joined(separator: ", "))")
  endProgram(status: 2)
}
print("\(Workers.coreCount) cores, clones: \(KernelClone.available.map { "\($0)" }.joined(separator: " "))")
print("shares are of what one core does at best, for each thread: the bandwidth of a copy, the arithmetic of sgemm")
for suite in suites where wanted.isEmpty || wanted.contains(suite.name) {
  print("\n\(suite.name): \(suite.summary)")
  suite.run()
}
