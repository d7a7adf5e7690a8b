import Testing

import RecLanguage

struct SyntaxNearestTests {
  private let verbs = ["eval", "svd", "svdpp", "recommend", "similar", "split", "show", "tfidf", "blend", "k", "als"]

  @Test(
    arguments: [
      ("svdd", ["svd"]), ("sdv", ["svd"]), ("SVD", ["svd", "svdpp"]), ("recomend", ["recommend"]),
      ("recommned", ["recommend"]), ("rec", ["recommend"]), ("evla", ["eval"]), ("evaluate", ["eval"]),
      ("tfdif", ["tfidf"]), ("tf-idf", ["tfidf"]), ("simliar", ["similar"]), ("bland", ["blend"]), ("zzz", []),
      ("", []),
      ("q", []), ("sl", []), ("completely different", []),
    ])
  func `offers what was probably meant`(word: String, expected: [String]) {
    #expect(nearest(word, in: verbs) == expected)
  }

  @Test func `offers at most so many and none for a very long word`() {
    #expect(nearest("item1", in: (0..<100).map { "item\($0)" }, limit: 2).count == 2)
    #expect(nearest(String(repeating: "x", count: 1_000_000), in: verbs).isEmpty)
  }

  @Test(
    arguments: [
      ([], nil), (["svd"], "did you mean 'svd'?"), (["a", "b"], "did you mean 'a' or 'b'?"),
      (["a", "b", "c"], "did you mean 'a', 'b' or 'c'?"),
    ] as [([String], String?)])
  func `asks whether it was meant`(candidates: [String], question: String?) {
    #expect(didYouMean(candidates) == question)
  }

  @Test(
    arguments: [
      ("print", "did you mean 'show'?"), ("evaluate", "did you mean 'eval'?"), ("ls", "did you mean 'names'?"),
      ("exit", "did you mean 'quit'?"), ("?", "did you mean 'help'?"),
      ("Train", "the verb of a model trains it: svd k=50"),
      ("wibble", nil),
    ] as [(String, String?)])
  func `knows everyone's first guesses`(verb: String, hint: String?) {
    #expect(FirstGuess.hint(for: verb) == hint)
  }
}
