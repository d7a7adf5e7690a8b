import FoundationEssentials
import RecKernels
import RecLanguage

/// A session in which something is there already, made once and copied for each test.
struct Scene {
  let session: Session

  /// What a text shows and how the session is left.
  struct Run {
    var outputs: [Output] = []
    var session: Session
    var outcome = Outcome.done

    var errors: [Diagnostic] {
      outputs.compactMap { if case .error(let diagnostic) = $0.content { diagnostic } else { nil } }
    }
    var warnings: [Diagnostic] {
      outputs.compactMap { if case .warning(let diagnostic) = $0.content { diagnostic } else { nil } }
    }
    var tables: [Table] {
      outputs.compactMap { if case .table(let table) = $0.content { table } else { nil } }
    }
    var texts: [String] {
      outputs.compactMap { if case .text(let text) = $0.content { text } else { nil } }
    }
  }

  func run(_ text: String) -> Run {
    var run = Run(session: session)
    var outputs: [Output] = []
    var evaluator = Evaluator(SourceText(name: "test", text)) { outputs.append($0) }
    run.outcome = evaluator.run(in: &run.session)
    run.outputs = outputs
    return run
  }

  static func of(_ setting: Command.Example.Setting) throws -> Scene {
    switch setting {
    case .nothing: return empty
    case .guide: return guide
    case .files: return try files.get()
    case .generated: return generated
    case .trained: return trained
    }
  }

  static let empty = Scene(
    session: Session(
      catalog: .language, settings: Settings(threadCount: 2), execution: Execution(threadCount: 2), folder: "."))
  static let guide = Scene(session: empty.run("generate guide").session)
  static let generated = Scene(session: empty.run("generate users=120 items=200 ratings=4000 seed=7").session)
  static let trained = Scene(
    session: generated.run("split test=20% by=user; tfidf fields=title,genres,description; svd k=8").session)

  private static let files = Result {
    let folder = FileManager.default.temporaryDirectory.path + "/recline-tests-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let ratings = "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,3,4.5,964981247\n2,1,0.5,964982224\n"
    try ratings.write(toFile: folder + "/ratings.csv", atomically: true, encoding: .utf8)
    let items = "movieId,title,genres\n1,Toy Story (1995),Comedy|Children\n3,\"Heat, The (1995)\",Crime\n"
    try items.write(toFile: folder + "/items.csv", atomically: true, encoding: .utf8)
    try "head rows=1\n".write(toFile: folder + "/lab.rec", atomically: true, encoding: .utf8)
    var session = empty.session
    session.folder = folder
    let statements = "load ratings.csv; taste = baseline; save taste taste.safetensors"
    return Scene(session: Scene(session: session).run(statements).session)
  }
}
