import RecLanguage
import Testing

/// What `help !` says of an error is true: its example raises it.
@Suite struct ErrorGuideTests {
  struct Wrong: Sendable, CustomTestStringConvertible {
    let code: String
    let text: String
    let setting: Command.Example.Setting
    var testDescription: String { "\(code): \(text)" }
  }

  static let examples = ErrorGuide.all.compactMap { guide -> Wrong? in
    guard case .wrong(let text, let setting) = guide.example else { return nil }
    return Wrong(code: guide.code.text, text: text, setting: setting)
  }

  @Test(arguments: examples) func `an example of an error raises it`(_ wrong: Wrong) throws {
    let run = try Scene.of(wrong.setting).run(wrong.text)
    #expect(run.errors.map(\.code.text).contains(wrong.code), "\(run.errors.map { "\($0.code): \($0.message)" })")
  }

  @Test func `every code of the language is explained, once`() throws {
    let codes = ErrorGuide.all.map(\.code.text)
    #expect(Set(codes).count == codes.count)
    var written = Set<String>()
    for pattern in [
      /Diagnostic\(\s*"([a-z-]+)"/, /: Self = "([a-z-]+)"/, /: Diagnostic.Code = "([a-z-]+)"/,
      /problem\(\s*"([a-z-]+)"/, /warning: "([a-z-]+)"/,
    ] {
      written.formUnion(try SourceFolder("Sources/RecLanguage").matches(of: pattern))
    }
    #expect(written.subtracting(codes).sorted() == [])
  }

  @Test func `help on the last error explains it`() throws {
    let run = Scene.empty.run("svdd")
    let error = try #require(run.session.lastError)
    let help = Scene(session: run.session).run("help !").texts.joined()
    #expect(help.contains("'svdd'") && help.contains("did you mean 'svd'?"))
    #expect(help.contains(try #require(ErrorGuide[error.code]).sentence.prefix(30)))
    #expect(Scene.empty.run("help !").texts == ["no error so far"])
  }
}
