import RecAlgebra

extension Suite {
  static let random = Suite("random", "counter-based random numbers and the split's hash") {
    let purpose = CounterRandom.Purpose("bench")
    let count = 1_000_000
    var sink = 0.0
    time("uniform") { sink += CounterRandom.uniform(seed: 1, purpose: purpose, UInt64($0)) }
    time("normal") { sink += CounterRandom.normal(seed: 1, purpose: purpose, UInt64($0)) }
    time("poisson1") { sink += Double(CounterRandom.poisson1(seed: 1, purpose: purpose, UInt64($0))) }
    time("xxhash64 of three numbers") {
      let user = XXHash64.hash(Int64($0), seed: 42)
      sink += Double(XXHash64.hash(7, seed: XXHash64.hash(Int64($0), seed: user)))
    }
    precondition(sink > 0, "the results are used")

    func time(_ name: String, _ body: (Int) -> Void) {
      let seconds = bestTime { for index in 0..<count { body(index) } }
      report(name, seconds: seconds, rate: Double(count) / seconds * 1e-6, unit: "M/s")
    }
  }
}
