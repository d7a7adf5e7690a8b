import ArgumentParser
import RecKernels
import RecLanguage

/// The command line: scripts and statements run, `check` and `record` compare and write their outputs; else the shell.
struct Recline: ParsableCommand {

  static let configuration = CommandConfiguration(
    commandName: "recline",
    abstract: "A small language for recommender systems, with a shell.",
    usage: """
      recline                              the shell; in a pipe, standard input is the script
      recline FILE.rec …                   runs scripts
      recline -c 'load FOLDER; svd; recommend 42'
      recline check FILE.rec|FOLDER …      compares recorded outputs
      recline step FILE.rec                goes through a script as a lesson
      recline report FILE.rec              writes a page with the outputs, .html or .md
      recline serve MODEL.safetensors …    answers over HTTP
      recline fmt FILE.rec|FOLDER …        canonical spacing and case; --check changes nothing
      """,
    discussion: """
      The language explains itself: recline -c help, recline -c 'help svd'.

      Exit status: 0 done, 1 an error in a script or its data, 2 wrong use of the command line, \
      3 check found a difference, 130 interrupted.
      """,
    version: Program.version,
    subcommands: [
      Run.self, Check.self, Record.self, Jupyter.self, Step.self, ReportCommand.self, Fmt.self, Serve.self,
    ],
    defaultSubcommand: Run.self)

  @OptionGroup var options: RunOptions

  /// Parses the arguments, runs, and ends the process with the exit status of the language.
  static func start() -> Never {
    Interrupts.ignoreBrokenPipes()
    do {
      let arguments = CommandLine.arguments
      // Parsing arguments takes longer than all else on the way to the prompt.
      if arguments.count == 1 {
        var runner = Runner(Settings(threadCount: Workers.coreCount))
        try runner.runInput()
      } else if arguments.count == 3, arguments[1] == "-c" {
        var runner = Runner(Settings(threadCount: Workers.coreCount))
        try runner.run(statements: SourceText(arguments[2]))
      } else {
        var command = try parseAsRoot()
        try command.run()
      }
      exit(withError: nil)
    } catch let status as ExitCode {
      exit(withError: status)
    } catch FileFailure.closedPipe {
      exit(withError: nil)
    } catch let failure as FileFailure {
      try? StandardStream.error.write("error: the output cannot be written: \(failure)\n")
      exit(withError: ExitCode.scriptError)
    } catch {
      let isHelp = exitCode(for: error).isSuccess
      let message = fullMessage(for: error)
      let stream = isHelp ? StandardStream.output : .error
      // Nobody is left to be told when this fails.
      try? stream.write(message.isEmpty || message.hasSuffix("\n") ? message : message + "\n")
      exit(withError: isHelp ? nil : ExitCode.wrongUse)
    }
  }
}

extension ExitCode {
  /// An error in a script or its data.
  static let scriptError = ExitCode(1)
  /// Wrong use of the command line.
  static let wrongUse = ExitCode(2)
  /// `check` found a difference.
  static let difference = ExitCode(3)
  /// Ctrl-C.
  static let interrupted = ExitCode(130)
}
