import RecData
import RecKernels
package import RecLanguage
import RecModels

/// What the command line and the environment of a container ask a server to be.
package struct ServerPlan: Sendable {
  private var configuration = ServerConfiguration()
  private var served: [ServedModel] = []
  private var arms: [(model: String, weight: Double)] = []
  private var log: String?
  private var test: String?
  /// The folder of models, and the only name that is looked at; nil where files are served.
  private var folder: (path: String, name: String?)?
  private let execution: Execution

  /// - Parameters:
  ///   - files: Saved models, each with a share behind a colon where they are arms of a test.
  ///   - ports: Empty for those of the environment, else 8080.
  ///   - variable: The environment.
  /// - Throws: `Diagnostic` where a file cannot be read or nothing is there to serve.
  package init(
    files: [String], models: String?, ports: [Int], host: String?, log: String?, test: String?, tokenFile: String?,
    accessLog: AccessLog? = nil, threadCount: Int, variable: (String) -> String? = { environment($0) }
  ) throws(Diagnostic) {
    execution = Execution(threadCount: threadCount)
    configuration.threadCount = threadCount
    configuration.accessLog = accessLog
    self.log = log
    self.test = test
    if files.isEmpty { folder = try Self.folder(models, variable) }
    try listen(ports, host, variable)
    if let tokenFile { configuration.tokens = try AccessTokens(file: tokenFile) }
    for access in [Route.Access.reading, .events, .administration] {
      if let token = variable("RECLINE_\(access.rawValue.uppercased())_TOKEN"), !token.isEmpty {
        configuration.tokens.add(token, for: access)
      }
    }
    if !files.isEmpty { try load(files) }
  }

  /// Ports, address and routes: what was asked for, else what the platform's variables say.
  private mutating func listen(
    _ ports: [Int], _ host: String?, _ variable: (String) -> String?
  ) throws(Diagnostic) {
    var platformPort: Int?
    for name in ["AIP_HTTP_PORT", "SAGEMAKER_BIND_TO_PORT"] {
      guard let text = variable(name), !text.isEmpty else { continue }
      guard let port = Int(text), (1...65_535).contains(port) else {
        throw Diagnostic("no-port", "$\(name) is no port: \(Diagnostic.quoted(text))")
      }
      platformPort = platformPort ?? port
    }
    // A platform, which mounts the model or names the port, reaches the container from outside.
    let isHosted = platformPort != nil || folder?.path == Self.sageMakerFolder
    configuration.ports = ports.isEmpty ? [platformPort ?? 8080] : ports
    configuration.host = host ?? variable("RECLINE_HOST") ?? (isHosted ? "0.0.0.0" : "127.0.0.1")
    configuration.vertexHealthRoute = try Self.route("AIP_HEALTH_ROUTE", variable)
    configuration.vertexPredictRoute = try Self.route("AIP_PREDICT_ROUTE", variable)
  }

  private static let sageMakerFolder = "/opt/ml/model"

  private static func route(_ name: String, _ variable: (String) -> String?) throws(Diagnostic) -> String? {
    guard let text = variable(name), !text.isEmpty else { return nil }
    guard text.hasPrefix("/") else {
      throw Diagnostic("no-models", "$\(name) is no path: \(Diagnostic.quoted(text))", hint: "/\(text)")
    }
    return text
  }

  private static func folder(
    _ models: String?, _ variable: (String) -> String?
  ) throws(Diagnostic) -> (path: String, name: String?) {
    let name = variable("MODEL_NAME").flatMap { $0.isEmpty ? nil : $0 }
    let base = variable("MODEL_BASE_PATH").flatMap { $0.isEmpty ? nil : $0 }
    if let path = models ?? base {
      guard fileKind(path) == .directory else {
        throw Diagnostic("no-models", "there is no folder \(Diagnostic.quoted(path))")
      }
      return (path, models == nil ? name : nil)
    }
    for path in [sageMakerFolder, "/models"] where fileKind(path) == .directory { return (path, name) }
    throw Diagnostic(
      "no-models", "there is nothing to serve",
      help: "recline serve model.safetensors, or recline serve --models FOLDER with FOLDER/NAME/VERSION/ in it")
  }

  private mutating func load(_ files: [String]) throws(Diagnostic) {
    var loaded: [(model: Model, path: String)] = []
    var shares: [Double?] = []
    for file in files {
      var path = file
      var share: Double?
      if fileKind(file) == .missing, let colon = file.lastIndex(of: ":"),
        let number = Double(file[file.index(after: colon)...]),
        number >= 0, number <= 1e6
      {
        path = String(file[..<colon])
        share = number
      }
      do { loaded.append((try Model.loaded(from: path, execution: execution), path)) } catch let error as DataError {
        throw Diagnostic("no-models", error.message, help: error.hint)
      } catch {
        throw Diagnostic("no-models", "\(Diagnostic.quoted(path)) cannot be read: \(error)")
      }
      shares.append(share)
    }
    served = try Self.named(loaded)
    guard shares.contains(where: { $0 != nil }) else { return }
    guard shares.count > 1, shares.allSatisfy({ $0 != nil }), shares.contains(where: { $0 ?? 0 > 0 }) else {
      throw Diagnostic(
        "no-models", "an A/B test has two models or more, each with a share", hint: "a.safetensors:50 b.safetensors:50")
    }
    arms = zip(served, shares).map { (model: $0.name, weight: $1 ?? 0) }
  }

  /// Models under their own names; those that share one, such as two trainings of `svd`, under the names of their files.
  private static func named(_ loaded: [(model: Model, path: String)]) throws(Diagnostic) -> [ServedModel] {
    var named: [ServedModel] = []
    for (model, path) in loaded {
      var name = model.name
      if loaded.count(where: { $0.model.name == name }) > 1 {
        name = String(path.split(separator: "/").last ?? "")
        if name.hasSuffix(Model.ending) { name.removeLast(Model.ending.count) }
      }
      guard !named.contains(where: { $0.name == name }) else {
        throw Diagnostic(
          "no-models", "two models are called \(Diagnostic.quoted(name))", help: "rename a file: \(path)")
      }
      named.append(ServedModel(model, name: name))
    }
    return named
  }

  /// Starts the server; models of a folder are loaded while it listens already, so that its health can be asked.
  ///
  /// - Parameter report: takes lines for people, such as that a version was refused.
  package func start(report: @escaping @Sendable (String) -> Void) throws(Diagnostic) -> RunningServer {
    var configuration = configuration
    configuration.report = report
    let events: EventLog? = if let log { try EventLog(path: log, report: report) } else { nil }
    var experiment: LiveExperiment?
    if !arms.isEmpty {
      let name = test ?? arms.map(\.model).joined(separator: "-")
      do { experiment = try LiveExperiment(name: name, shares: arms, log: events) } catch let problem as Diagnostic {
        throw problem
      } catch {
        throw Diagnostic("event-log", "the event log cannot be read: \(error)")
      }
    }
    let service = RecommendationService(
      configuration, registry: ModelRegistry(served), events: events, experiment: experiment)
    let folder = folder.map { ModelFolder(path: $0.path, name: $0.name, execution: execution, report: report) }
    return try RunningServer(service, folder: folder)
  }
}
