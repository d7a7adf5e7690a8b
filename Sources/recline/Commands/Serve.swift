import ArgumentParser
import RecData
import RecKernels
import RecLanguage
import RecModels
import RecServer
import RecTerminal

/// `recline serve FILE…`.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer over HTTP with saved models, or with those of a script that ends in `serve`.",
    discussion: """
      Without files, models come from --models, $MODEL_BASE_PATH, /opt/ml/model or /models: FOLDER/NAME/VERSION/ holds a \
      saved model; the newest version answers, and one that appears later takes over. \
      A file with a share, svd.safetensors:50, is an arm of an A/B test.

      In a container of SageMaker or Vertex AI the port, the address and the routes are those of its environment. \
      Tokens may be given by $RECLINE_READING_TOKEN, $RECLINE_EVENTS_TOKEN and $RECLINE_ADMINISTRATION_TOKEN.

      SIGTERM ends it once the requests that it has begun are answered.
      """)

  @Argument(
    help: ArgumentHelp("Saved models, or one script.", valueName: "file"),
    completion: .file(extensions: ["safetensors", "rec"]))
  var files: [String] = []

  @Option(help: ArgumentHelp("Where it listens; given twice, at both. 0 takes a free one. (8080)", valueName: "number"))
  var port: [Int] = []

  @Option(
    help: ArgumentHelp("The address; 0.0.0.0 is open to others. ($RECLINE_HOST, 127.0.0.1)", valueName: "address"))
  var host: String?

  @Option(help: ArgumentHelp("A folder NAME/VERSION/ of saved models.", valueName: "folder"), completion: .directory)
  var models: String?

  @Option(help: ArgumentHelp("A file that events go to.", valueName: "file"), completion: .file())
  var log: String?

  @Option(help: ArgumentHelp("The name of the A/B test, which salts the assignment.", valueName: "name"))
  var test: String?

  @Option(
    help: ArgumentHelp("Lines reading TOKEN, events TOKEN or administration TOKEN.", valueName: "file"),
    completion: .file())
  var tokenFile: String?

  @Flag(help: "A line for each request on standard output, in the Common Log Format.")
  var accessLog = false

  @Flag(help: "Hold the transcripts of all contracts against a server of its own, and print a table.")
  var check = false

  @OptionGroup var options: SessionOptions

  func validate() throws {
    if let port = port.first(where: { !(0...65_535).contains($0) }) {
      throw ValidationError("'--port' is from 0 to 65535, and \(port) was given")
    }
    if models != nil, let file = files.first {
      throw ValidationError("'--models' takes the place of files; '\(file)' is one")
    }
    if files.contains(where: { $0.hasSuffix(".rec") }) {
      if files.count > 1 { throw ValidationError("a script is served alone") }
      if !port.isEmpty || host != nil || log != nil || test != nil || tokenFile != nil || accessLog {
        throw ValidationError("a script says itself where it is served: serve port=8080")
      }
    }
  }

  func run() throws {
    let settings = options.settings
    if check { return try runCheck(settings) }
    if let script = files.first, script.hasSuffix(".rec") {
      var runner = Runner(settings)
      return try runner.run(scripts: [script])
    }
    let presenter = Presenter(settings, cancellation: Cancellation())
    do throws(Diagnostic) {
      let plan = try ServerPlan(
        files: files, models: models, ports: port, host: host, log: log, test: test, tokenFile: tokenFile,
        accessLog: accessLog ? AccessLog { try? StandardStream.output.write($0.span) } : nil,
        threadCount: settings.threadCount)
      let cancellation = Cancellation()
      Interrupts.install(cancellation)
      let server = try plan.start { line in try? StandardStream.error.write("recline: \(line)\n") }
      try? StandardStream.output.write(server.phrase + "\n")
      server.wait(cancellation)
    } catch {
      presenter.show(error)
      throw ExitCode.scriptError
    }
  }

  private func runCheck(_ settings: Settings) throws {
    let report: Conformance.Report
    do {
      report = try Conformance.runAndWait(execution: Execution(threadCount: settings.threadCount))
    } catch let problem as Diagnostic {
      Presenter(settings, cancellation: Cancellation()).show(problem)
      throw ExitCode.scriptError
    }
    Presenter(settings, cancellation: Cancellation())
      .show(Output(line: 1, command: "serve", .table(report.table)), in: nil)
    if report.failureCount > 0 { throw ExitCode.difference }
  }
}
