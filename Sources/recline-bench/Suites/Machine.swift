extension Suite {
  static let machine = Suite("machine", "what this machine can do at best, on one thread") {
    print("  copy \(Int(MachineLimit.copyBandwidth)) GB/s, sgemm \(Int(MachineLimit.matrixProduct)) GFLOP/s")
  }
}
