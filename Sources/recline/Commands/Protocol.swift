import ArgumentParser
import RecKernels
import RecLanguage
import RecTerminal
import Synchronization

/// `recline --protocol json`, for Jupyter and other programs.
enum ProtocolForm: String, CaseIterable, ExpressibleByArgument {
  case json, help

  func run(_ settings: Settings) throws {
    guard self == .json else { return try StandardStream.output.write(ProtocolServer.guide + "\n") }
    let cancellation = Cancellation()
    let input = ProtocolInput(cancellation)
    var session = Session(settings)
    session.execution = Execution(
      workers: session.execution.workers, cancellation: cancellation, report: { _ in input.listen() })
    Interrupts.install(cancellation)
    var server = ProtocolServer(session, input)
    try server.run()
  }
}
