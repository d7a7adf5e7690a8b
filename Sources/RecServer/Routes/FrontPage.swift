import RecData

extension Route {
  /// The page for people.
  static let page = Route(
    "GET", "/", .open, "A page for people: lists, reasons, ratings, two models side by side, the A/B test.",
    parameters: [
      Parameter("user", Schema.text, "Whose list is shown."), Parameter("model", Schema.text, "The model."),
      Parameter("compare", Schema.text, "Another model, shown beside it."),
    ],
    answer: Schema.text, answerTypes: ["text/html"]
  ) { call in
    try call.checkQuery()
    // What the page shows needs a token where reading does; its script asks for one.
    let mayRead = call.service.configuration.tokens.allow(call.authorization, .reading)
    let page = try await Page(call, mayRead: mayRead)
    var answer = Answer(contentType: "text/html; charset=utf-8", body: Array(page.html.utf8))
    answer.fields = [
      (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
          + "base-uri 'none'; frame-ancestors 'none'"
      ), ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
    ]
    return answer
  }

  /// The page's script.
  static let pageScript = Route(
    "GET", "/page.js", .open, "The page's script.", answer: Schema.text, answerTypes: ["text/javascript"]
  ) { _ in Answer(contentType: "text/javascript; charset=utf-8", body: Array(PageScript.text.description.utf8)) }

  /// The page's style sheet.
  static let pageStyle = Route(
    "GET", "/page.css", .open, "The page's style sheet.", answer: Schema.text, answerTypes: ["text/css"]
  ) { _ in Answer(contentType: "text/css; charset=utf-8", body: Array(PageStyle.text.description.utf8)) }
}
