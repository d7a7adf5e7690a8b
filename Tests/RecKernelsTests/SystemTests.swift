import RecKernels
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct SystemTests {
  /// The exact values are 2.5, 0.125, 1.00499999999999989…, 2.67499999999999982…: ties go to even, the rest is nearest.
  @Test(
    arguments: [
      (3.14159, 2, "3.14"), (2.5, 0, "2"), (3.5, 0, "4"), (0.125, 2, "0.12"), (1.005, 2, "1.00"), (2.675, 2, "2.67"),
      (-0.5, 0, "-0"), (0, 3, "0.000"), (1e15, 1, "1000000000000000.0"), (999_999.999, 2, "1000000.00"),
      (-1234.5678, 3, "-1234.568"), (.nan, 2, "nan"), (.infinity, 2, "inf"), (-.infinity, 2, "-inf"), (1, -3, "1"),
    ] as [(Double, Int, String)])
  func `formats with a fixed count of decimals`(value: Double, decimals: Int, expected: String) {
    #expect(formatFixed(value, decimals: decimals) == expected)
  }

  @Test func `formats the largest number and very many decimals`() {
    #expect(formatFixed(.greatestFiniteMagnitude, decimals: 2).count == 309 + 3)
    #expect(formatFixed(-.greatestFiniteMagnitude, decimals: 1000).count == 1 + 309 + 1 + 1000)
    #expect(formatFixed(0.1, decimals: 5000).count == 1002)
  }

  @Test(.timeLimit(.minutes(1))) func `counts interrupts and cancels what is installed`() async throws {
    let (first, second) = (Cancellation(), Cancellation())
    Interrupts.install(first)
    Interrupts.install(second)
    Interrupts.resetCount()
    for press in 1...2 {
      // To the process, not to this thread, which may have signals blocked: the main thread takes it when it can.
      kill(getpid(), SIGINT)
      while Interrupts.count < press { try await Task.sleep(for: .milliseconds(1)) }
    }
    #expect(second.isCancelled && !first.isCancelled)
    Interrupts.resetCount()
    #expect(Interrupts.count == 0)
  }

  @Test func `reads the environment`() {
    #expect(environment("PATH")?.isEmpty == false)
    #expect(environment("RECLINE_THERE_IS_NO_SUCH_VARIABLE") == nil)
  }

  @Test func `knows that a closed descriptor is no terminal`() {
    #expect(!isTerminal(-1))
    #expect(terminalSize(-1) == nil)
  }
}
