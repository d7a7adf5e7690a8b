import Testing

import RecLanguage

struct SyntaxLiteralTests {
  @Test(
    arguments: [
      ("50", 50), ("0.05", 0.05), (".5", 0.5), ("-2", -2), ("+3", 3), ("1e-4", 0.0001), ("1E3", 1000),
      ("100_000", 100_000), ("20%", 0.2), ("12.5%", 0.125),
    ])
  func `reads numbers`(text: String, value: Double) throws {
    #expect(try Literal.number(text) == value)
  }

  @Test(arguments: ["", "abc", "nan", "inf", "0x10", "1.", "1_", "_1", "1__0", "1,5", "%", "1e", "--1", "1e999", "1 2"])
  func `refuses what is no number`(text: String) {
    #expect(throws: LiteralProblem.self) { try Literal.number(text) }
  }

  @Test(arguments: [("50", 50), ("0", 0), ("100_000", 100_000)])
  func `reads counts`(text: String, value: Int) throws {
    #expect(try Literal.count(text) == value)
  }

  @Test(
    arguments: [
      ("abc", "a whole number must stand here, not 'abc'", nil),
      ("5.0", "a whole number must stand here, not '5.0'", nil),
      ("1e3", "a whole number must stand here, not '1e3'", nil),
      ("0", "0 is too small", "1 or more"),
      ("-3", "-3 is too small", "1 or more"),
      ("99999999999999999999", "'99999999999999999999' is too large for a count", nil),
    ])
  func `says what is wrong with a count`(text: String, message: String, hint: String?) {
    #expect(throws: LiteralProblem(message, hint: hint)) { try Literal.count(text, atLeast: 1) }
  }

  @Test(arguments: [("20%", 0.2), ("0.2", 0.2), ("0", 0), ("1", 1), ("100%", 1), ("0%", 0)])
  func `reads shares`(text: String, value: Double) throws {
    #expect(try Literal.share(text) == value)
  }

  @Test(
    arguments: [
      ("20", "'20' is not between 0% and 100%", "a share: 20% or 0.2"),
      ("5", "'5' is not between 0% and 100%", "a share: 5% or 0.05"),
      ("-20%", "'-20%' is not between 0% and 100%", "a share: 20% or 0.2"),
      ("120%", "'120%' is not between 0% and 100%", "a share: 20% or 0.2"),
      ("many", "a share must stand here, not 'many'", "a share: 20% or 0.2"),
    ])
  func `says how a share is written`(text: String, message: String, hint: String) {
    #expect(throws: LiteralProblem(message, hint: hint)) { try Literal.share(text) }
  }

  @Test(
    arguments: [
      ("1..5", ["1", "2", "3", "4", "5"]), ("10..40:10", ["10", "20", "30", "40"]), ("-2..2:2", ["-2", "0", "2"]),
      ("0..0.3:0.1", ["0", "0.1", "0.2", "0.3"]), ("3..1", ["3", "2", "1"]), ("-1..-3", ["-1", "-2", "-3"]),
      ("1..6:2", ["1", "3", "5"]), ("5..5", ["5"]), ("0.05..0.15:0.05", ["0.05", "0.1", "0.15"]),
      ("3..1:-1", ["3", "2", "1"]),
    ])
  func `goes through a range to its end`(text: String, items: [String]) throws {
    let range = try Literal.range(text)
    #expect(range.texts == items)
    #expect(range.values == items.map { Double($0) })
  }

  @Test(
    arguments: [
      ("5", "a range must stand here, not '5'"), ("a..b", "a number must stand here, not 'a'"),
      ("1..3:0", "a range cannot go in steps of 0"), ("1..3:-1", "'1..3:-1' never reaches its end"),
      ("0..1:0.000001", "'0..1:0.000001' has more than 100,000 items"), ("1..", "a number must stand here, not ''"),
      ("1..1e300", "the numbers of '1..1e300' have too many digits for a range"),
    ])
  func `says what is wrong with a range`(text: String, message: String) {
    #expect { try Literal.range(text) } throws: { ($0 as? LiteralProblem)?.message == message }
  }

  // Seconds by GNU date 9.1: date -u -d 2018-01-31T12:00 +%s
  @Test(
    arguments: [
      ("1970-01-01", 0), ("2018-01-31", 1_517_356_800), ("2018-01-31T12:00", 1_517_400_000),
      ("2018-01-31 12:00", 1_517_400_000), ("2018-01-31T12:00:30Z", 1_517_400_030), ("2000-02-29", 951_782_400),
      ("1969-12-31T23:59:59", -1), ("1900-03-01", -2_203_891_200), ("2018-01-31T12:00:30.5", 1_517_400_030.5),
    ])
  func `reads moments in UTC`(text: String, seconds: Double) throws {
    #expect(try Literal.moment(text) == seconds)
  }

  @Test(
    arguments: [
      "2018", "2018-1-31", "2018-13-01", "2018-02-30", "1900-02-29", "2018-01-31T", "2018-01-31T25:00",
      "2018-01-31T12", "2018-01-31T12:00+02:00", "31.01.2018", "2018-01-31x", "2018-01-31Z", "2018-01-00",
    ])
  func `refuses what is no moment`(text: String) {
    #expect(throws: LiteralProblem.self) { try Literal.moment(text) }
  }

  @Test(arguments: [("30d", 2_592_000), ("1.5h", 5_400), ("90min", 5_400), ("10s", 10), ("2w", 1_209_600)])
  func `reads durations`(text: String, seconds: Double) throws {
    #expect(try Literal.duration(text) == .seconds(seconds))
  }

  @Test(arguments: ["30", "d", "3m", "3 d", "-3d", "3y", "3%d", "1e300w"])
  func `refuses what is no duration`(text: String) {
    #expect(throws: LiteralProblem.self) { try Literal.duration(text) }
  }

  @Test(arguments: [("rmse", "rmse", nil), ("NDCG@10", "ndcg", 10)])
  func `reads metrics`(text: String, name: String, cutoff: Int?) throws {
    #expect(try Literal.metric(text) == MetricName(name: name, cutoff: cutoff))
  }

  @Test(arguments: ["", "@10", "ndcg@", "ndcg@0", "ndcg@x", "ndcg@-1"])
  func `refuses what is no metric`(text: String) {
    #expect(throws: LiteralProblem.self) { try Literal.metric(text) }
  }
}
