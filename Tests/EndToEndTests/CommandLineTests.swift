import Foundation
import Testing

struct CommandLineTests {
  @Test func `tells its version`() throws {
    let result = try Program.run("--version")
    #expect(result.status == 0)
    #expect(result.output.firstMatch(of: /^[0-9]+\.[0-9]+\.[0-9]+\n$/) != nil)
    #expect(result.errors.isEmpty)
  }

  @Test(arguments: [["--help"], ["run", "--help"], ["check", "--help"], ["record", "--help"]])
  func `helps with everything`(_ arguments: [String]) throws {
    let result = try Program.shell("recline " + arguments.joined(separator: " "))
    #expect(result.status == 0)
    #expect(result.output.contains("USAGE: recline"))
    #expect(result.errors.isEmpty)
  }

  @Test(arguments: [
    "recline --no-such-option", "recline --threads many", "recline --threads 0", "recline --format html", "recline -c",
    "recline check", "recline record", "recline -c 'names' films.rec",
  ])
  func `wrong use has status 2 and says what would be right`(_ line: String) throws {
    let result = try Program.shell(line)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("--help"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `writes completions for the shells`(_ shell: String) throws {
    let result = try Program.run("--generate-completion-script", shell)
    #expect(result.status == 0)
    #expect(result.output.contains("recline"))
  }

  @Test(arguments: [
    "recline --help | true", "recline -c 'help; help; help' | true",
    "recline -c 'for k in 1..500 { help svd }; help' | head -1",
  ])
  func `a closed pipe ends it quietly`(_ line: String) throws {
    let result = try Program.shell(line)
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
  }
}
