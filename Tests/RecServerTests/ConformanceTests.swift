import RecKernels
import RecLanguage
import RecServer
import Testing

/// What the documentation of the contracts promises, through the real server on loopback.
@Suite struct ConformanceTests {
  @Test func `every contract's transcript is as promised`() async throws {
    let report = try await Conformance.run(execution: Execution(threadCount: 2))
    let rows = report.table.firstRows(1000)
    #expect(rows.count > 40)
    for row in rows { #expect(row.last == .text("as promised"), "\(row)") }
    #expect(report.failureCount == 0)
  }
}
