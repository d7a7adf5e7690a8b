import RecData
import RecModels

extension Command {
  /// Runs a script in this session.
  static let run = Command(
    "run", .session, summary: "run a script in this session",
    operands: [Operand("file", .path, .one, "a .rec script; its relative paths start at its folder")],
    examples: [Example("run lab.rec", after: .files)],
    notes: "What it binds stays. It stops at the first error; what ran before stays, too."
  ) { call, session in
    guard let argument = call.operands.first else {
      throw Diagnostic(.missingOperand, "'run' needs a script", at: call.verbRange, hint: "such as run lab.rec")
    }
    let path = session.resolve(argument.text)
    if let place = session.runningScripts.firstIndex(of: path) {
      let circle = session.runningScripts[place...] + [path]
      throw Diagnostic(
        .circularRun, "'\(argument.text)' is being run already", at: argument.range,
        help: "it would never end: \(circle.joined(separator: " runs "))")
    }
    do {
      return Reply(script: SourceText(name: path, try readText(path)))
    } catch let error as DataError {
      throw Diagnostic(dataError: error, call: call)
    }
  }
}
