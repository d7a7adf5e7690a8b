import Testing

@testable import RecData

@Suite struct JSONTests {
  @Test(
    arguments: [
      ("null", .null), (" true ", .flag(true)), ("-0.50e+3", .number("-0.50e+3")),
      ("18446744073709551615", .number("18446744073709551615")),
      ("[]", .array([])), ("[1, [false]]", .array([.number("1"), .array([.flag(false)])])),
      (#"{"b":{},"a":"x"}"#, .object([.init("b", .object([])), .init("a", .string("x"))])),
      (#""\" \\ \/ \b\f\n\r\t \u00e4 \ud83d\ude00 ä""#, .string("\" \\ / \u{8}\u{c}\n\r\t ä 😀 ä")),
    ] as [(String, JSONValue)])
  func `reads what the standard allows`(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: Array(text.utf8)) == value)
  }

  @Test(arguments: [
    "", "nul", "[1,]", "[1 2]", "{\"a\"}", "{a:1}", "{\"a\":1,}", "01", "1.", ".5", "+1", "1e", "-", "NaN", "\"",
    "\"\\x\"",
    "\"\\u12g4\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\u{1}\"", "1 2", "[", "{\"a\":",
    String(repeating: "[", count: 100_000),
  ])
  func `refuses what the standard does not`(text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
  }

  @Test func `refuses text that is not UTF-8`() {
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xC3, 0x22]) }
  }

  @Test func `writes what it reads again`() throws {
    let value = JSONValue.object([
      .init("text \"\\\n\u{1}ä😀", .string("\r\t\u{0}")), .init("numbers", .array([.number("0"), .number("-1.5e-07")])),
      .init("", .null), .init("flags", .array([.flag(true), .flag(false)])),
    ])
    #expect(try JSONValue(parsing: value.bytes) == value)
  }
}
