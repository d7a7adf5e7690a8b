import Testing

import RecLanguage

/// SplitMix64 (Steele, Lea & Flood 2014), so that every run tries the same texts.
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

struct SyntaxFuzzTests {
  /// Parses any bytes and renders what was found; every range must lie in the text.
  private func survive(_ bytes: [UInt8]) {
    let source = SourceText(bytes: bytes)
    let result = Parser.parse(source, lexicon: testLexicon)
    for diagnostic in result.diagnostics {
      let range = diagnostic.range ?? SourceRange(0, 0)
      #expect(range.end <= max(bytes.count, 1), "\(diagnostic) in \(bytes)")
    }
    _ = DiagnosticRenderer(width: 40).render(result.diagnostics, in: source)
    for statement in result.script.statements {
      #expect((statement.recorded.last ?? statement.range).end <= bytes.count)
      examineWords(of: statement.body, source)
    }
  }

  private func examineWords(of body: Statement.Body, _ source: SourceText) {
    guard case .command(let call) = body else { return }
    for word in call.operands + call.options.flatMap(\.values) {
      if let pair = word.pair {
        #expect(pair.weight.range.end <= source.bytes.count)
        #expect(pair.thing.range.start == word.range.start)
      }
      if let offset = word.textOffset, let text = word.literalText {
        let range = SourceRange(offset, offset + text.utf8.count)
        #expect(source.text(in: range) == text)
      }
      let text = word.literalText ?? ""
      _ = try? Condition(parsing: text)
      _ = try? Literal.range(text)
      _ = try? Literal.moment(text)
      _ = try? Literal.duration(text)
      _ = try? Literal.share(text)
      _ = try? Literal.metric(text)
      _ = nearest(text, in: testLexicon.verbs)
    }
  }

  @Test func `survives random bytes`() {
    var generator = Generator(state: 1)
    for _ in 0..<1_000 {
      let count = Int.random(in: 0..<80, using: &generator)
      survive((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }

  @Test func `survives random mixtures of the language's own pieces`() {
    let pieces = [
      "svd", "filter", "for", "k", "in", "expect", "error", "=", "==", ",", ";", "\n", " ", "{", "}", "(", ")", "\"",
      "'", "$", "${", "$k", "#", "# ", "#>", "\\", "\\\n", "~", "<", "-", ":", "0.5", "20%", "1..3:0", ".", "é", "猫",
      "\r\n", "x.y", "\t", "and", "not", "has", "2018-02-30", "30d", "seed", "it",
    ]
    var generator = Generator(state: 2)
    for _ in 0..<2_000 {
      let count = Int.random(in: 0..<25, using: &generator)
      let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      survive(Array(text.utf8))
    }
  }

  @Test func `survives mutations of a real script`() {
    let script = Array(
      """
      #!/usr/bin/env recline
      # # Recommending films
      load ml-latest-small
      #> ratings  100,836 ratings
      split test=20% by=user
      hybrid = blend svd:0.8 "Heat (1995)":0.2
      filter rating >= 4 and genres has "Film Noir"
      sweep = for k in 5,10,20..100:10 { svd k=$k; eval svd at=${it.1.x} }
      expect it.svd.rmse ~ 0.8578
      expect error load nowhere
      a, b = (1 + 2) *
      #@ run
      """.utf8)
    var generator = Generator(state: 3)
    for _ in 0..<1_500 {
      var bytes = script
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8.random(in: 32...126, using: &generator), at: place)
        default: bytes.removeSubrange(place...)
        }
        if bytes.isEmpty { break }
      }
      survive(bytes)
    }
  }
}
