import RecKernels
import RecLanguage
import RecModels
import Testing

/// What help promises is true: every example of every command runs.
@Suite struct CommandExampleTests {
  static let commands = CommandCatalog.language.commands.flatMap { $0.parts.isEmpty ? [$0] : $0.parts }

  static let examples = commands.flatMap { command in
    command.examples.map { NamedExample(verb: command.verb, example: $0) }
  }

  struct NamedExample: Sendable, CustomTestStringConvertible {
    let verb: String
    let example: Command.Example
    var testDescription: String { example.statement }
  }

  @Test(arguments: examples) func `an example in help runs as it stands`(_ named: NamedExample) throws {
    let scene = try Scene.of(named.example.setting)
    let run = scene.run(named.example.statement)
    #expect(run.errors.map(\.message) == [])
    #expect(named.example.statement.contains(named.verb), "the example shows its command")
  }

  @Test(arguments: (commands + CommandCatalog.language.commands.filter { !$0.parts.isEmpty }).map(\.verb))
  func `a command is described in full`(_ verb: String) throws {
    let words = verb.split(separator: " ").map(String.init)
    let whole = try #require(CommandCatalog.language[words[0]])
    let command = words.count > 1 ? try #require(whole.part(words[1])) : whole
    #expect(!command.summary.isEmpty && command.summary.count <= 80)
    #expect(!command.summary.hasSuffix("."))
    #expect(!command.examples.isEmpty)
    let names = command.options.map(\.name)
    #expect(Set(names).count == names.count)
    for option in command.options { #expect(!option.summary.isEmpty && !option.summary.hasSuffix(".")) }
    let help = HelpText.command(command)
    for name in names { #expect(help.contains(name + "=")) }
    for line in help.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }

  @Test func `every file of a command has its line in the catalog`() throws {
    let written = try SourceFolder("Sources/RecLanguage/Commands").matches(of: /static let \w+ = Command\(\s*"(\w+)"/)
    let algorithms = AlgorithmCatalog.all.map(\.name)
    #expect(Set(written) == Set(CommandCatalog.language.commands.map(\.verb)).subtracting(algorithms))
  }

  @Test func `the tutorials in help are the files of the guide`() throws {
    let files = try SourceFolder("Examples/guide").files.filter { $0.hasSuffix(".rec") }
    #expect(GuideCatalog.tutorials.map(\.file) == files.sorted())
  }
}
