/// The verbs that people from other tools try first, and what does it here.
package enum FirstGuess {
  /// The hint for a verb that is not ours; nil where nothing is known of it.
  package static func hint(for verb: String) -> String? {
    let key = verb.lowercased()
    if let ours = verbs[key] { return "did you mean '\(ours)'?" }
    return advice[key]
  }

  /// The verb that does what a first guess asks for, where there is one.
  package static func verb(for guess: String) -> String? {
    verbs[guess.lowercased()]
  }

  /// The hint for arithmetic on models: `0.8*svd + 0.2*tfidf`.
  package static let blendHint = "models are mixed by 'blend svd:0.8 tfidf:0.2'"

  /// The hint for a title whose words were taken for operands: `similar Heat (1995)`.
  package static let titleHint = "put the title in quotes"

  private static let verbs: [String: String] = [
    "evaluate": "eval", "score": "eval", "measure": "eval", "print": "show", "echo": "show", "cat": "show",
    "ls": "names", "list": "names", "vars": "names", "who": "names", "exit": "quit", "bye": "quit", "q": "quit",
    "?": "help", "man": "help", "info": "describe", "summary": "describe", "del": "forget", "rm": "forget",
    "unset": "forget", "delete": "forget", "read": "load", "open": "load", "import": "load", "write": "save",
    "export": "save", "where": "filter", "select": "filter", "source": "run", "retrain": "refit", "mix": "blend",
    "ensemble": "blend", "hybrid": "blend", "explain": "why", "neighbors": "similar", "neighbours": "similar",
    "suggest": "recommend", "top": "recommend", "config": "set", "options": "set",
  ]

  private static let advice: [String: String] = [
    "train": "the verb of a model trains it: svd k=50",
    "fit": "the verb of a model trains it: svd k=50",
    "model": "the verb of a model trains it: svd k=50",
    "let": "names are bound without a word before them: k = 50",
    "var": "names are bound without a word before them: k = 50",
    "assert": "expect it.svd.rmse < 0.9",
    "if": "there is no 'if'; 'for' repeats, 'expect' checks",
    "while": "there is no 'while'; for k in 5,10,20 { … }",
  ]
}
