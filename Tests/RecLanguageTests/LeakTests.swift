import RecLanguage
import Testing

/// A model is not judged on what went into it, by whatever way.
@Suite struct LeakTests {
  @Test(arguments: [
    "peeked = svd ratings k=3; eval peeked",
    // The first part is clean; the second has seen the test rows.
    "peeked = svd ratings k=3; mixed = blend svd:0.5 peeked:0.5; eval mixed",
    "peeked = svd ratings k=3; inner = blend svd peeked; mixed = blend svd inner; eval mixed",
    "split test=20% valid=20%; a = svd k=3; b = baseline; mixed = blend a b weights=learn; eval mixed on=valid",
    "whole = refit svd; eval whole",
  ])
  func `a leak is refused`(_ statements: String) {
    let run = Scene.trained.run(statements)
    #expect(run.errors.map(\.code.text) == ["trained-on-test"])
  }

  @Test(arguments: [
    "eval svd", "mixed = blend svd tfidf; eval mixed", "eval svd on=train",
    "split test=20% valid=20%; a = svd k=3; b = baseline; mixed = blend a b weights=learn; eval mixed",
  ])
  func `what is clean is judged`(_ statements: String) {
    #expect(Scene.trained.run(statements).errors == [])
  }
}
