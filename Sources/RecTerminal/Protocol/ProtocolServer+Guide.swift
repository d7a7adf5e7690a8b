extension ProtocolServer {
  /// The page that `recline --protocol help` prints.
  package static let guide = """
    recline --protocol json

    A request is a JSON object on a line of standard input, an answer one on a line of
    standard output; nothing else stands there. Requests are answered in order, in one
    session. "id", a number or a text, comes back with every answer to a request.

      {"id":1,"do":"execute","text":"generate guide\\nsvd k=2"}
          runs statements. Before the last answer come lines with an output each:
          {"id":1,"output":{"line":1,"command":"generate","kind":"dataset",…},
           "data":{"text/plain":"…","text/html":"…"}}
          "output" is what --format json prints; "data" what a front end can show:
          text/plain always, text/html (escaped) of a table, and
          application/vnd.vegalite.v5+json of a figure. The last answer is
          {"id":1,"status":"ok","seconds":0.012}, with "error" after an output of the
          kind error, "interrupted", or "quit", after which the program has ended.
      {"id":2,"do":"complete","text":"svd ce","cursor":6}
          {"id":2,"status":"ok","start":4,"end":6,"more":0,
           "matches":[{"text":"center=","help":"…"}]}
          what may replace start..<end; "more" counts further ones.
      {"id":3,"do":"inspect","text":"svd k=5","cursor":2}
          {"id":3,"status":"ok","text":"…"}: help on the word there, or null.
      {"id":4,"do":"is_complete","text":"for k in 1,2 {"}
          {"id":4,"status":"ok","form":"incomplete"}, "complete" or "invalid".
      {"do":"interrupt"}
          stops the statements sent last before it at their next safe point, and has an
          answer of its own; SIGINT stops what is running. A training keeps the best
          model so far.
      {"do":"shutdown"}
          ends the program, as the end of standard input does.

    "cursor", "start" and "end" count Unicode scalars from 0; without a cursor it is the
    end of the text. A line that is no request is answered by
    {"id":null,"status":"error","message":"…"}.
    """
}
