import RecAlgebra
import RecData
import RecModels

extension Command {
  /// Reads a file or a folder.
  static let load = Command(
    "load", .data, summary: "read ratings, events, items, users or a model",
    operands: [
      Operand("path", .path, .any, "a folder such as MovieLens comes in, or files: logs/*.csv, a.csv.gz, -, shop.db")
    ],
    options: [
      .choice(
        "as", default: "auto",
        [
          Choice("auto", "what the content says"), Choice("ratings", "ratings or events"),
          Choice("items", "a table of items, joined to the ratings by id"),
          Choice("users", "a table of users, joined to the ratings by id"),
          Choice("tags", "words that users gave items, which become the items' text"),
          Choice("matrix", "a row of ratings for each user, a column for each item"),
          Choice("sequences", "a user and its items in their order, a line each"),
          Choice("adjacency", "a user and the set of its items, a line each"),
          Choice("model", "a model that `save` wrote, which a path that ends in .safetensors always is"),
        ], "what the file holds"),
      OptionSpec("user", .text, "the column of the user's id: a name, or a number from 1"),
      OptionSpec("item", .text, "the column of the item's id: a name, or a number from 1"),
      OptionSpec("rating", .text, "the column of the rating: a name, or a number from 1"),
      OptionSpec("time", .text, "the column of the time: a name, or a number from 1"),
      OptionSpec("event", .text, "the column that says what happened: a name, or a number from 1"),
      OptionSpec("id", .text, "the column of the id in a table of items or users"),
      OptionSpec("title", .text, "the column of an item table that is the title"),
      OptionSpec("text", .text, list: true, "columns of an item table that are its text"),
      OptionSpec("categories", .text, list: true, "columns that hold several labels, with | ; or , between them"),
      OptionSpec("table", .text, "a table of an SQLite database"),
      OptionSpec("query", .text, "a statement of SQL that gives the rows"),
      OptionSpec("halflife", .text, "the time after which an event is worth half, such as 30d"),
      .choice(
        "combine", default: "auto",
        [
          Choice("auto", "events add up, and the latest rating counts"), Choice("sum", "they add up: events"),
          Choice("max", "the largest counts"), Choice("last", "the latest counts"),
          Choice("count", "how many they are: events"),
        ], "what several rows of one user and item come to"),
      OptionSpec("session", .text, "a column, or the pause that ends one, such as 30min: an item counts once in each"),
      OptionSpec("weights", .weightedWord, list: true, "what each event is worth, such as view:1,cart:3,buy:5"),
      OptionSpec("sep", .text, "what stands between columns: one character or two, tab or space"),
      OptionSpec("header", .flag, "whether the first line names the columns"),
      OptionSpec("encoding", .text, "utf-8, iso-8859-1, windows-1252 or utf-16"),
      OptionSpec("scale", .range, "the scale of the ratings, where the file does not use all of it"),
      OptionSpec("missing", .number(-1e9...1e9), "a rating that stands for none, such as 99"),
      OptionSpec("like", .dataset, "a dataset whose ids, items and scale the new one shares"),
      .choice(
        "bad", default: "fail",
        [
          Choice("fail", "a malformed line is an error, with its place"),
          Choice("skip", "malformed lines are left out and counted"),
        ], "what happens to malformed lines"),
    ],
    examples: [
      Example("load ratings.csv", after: .files), Example("load items.csv as=items", after: .files),
      Example("load ratings.csv user=userId item=movieId rating=rating scale=0.5..5", after: .files),
      Example("load ratings.csv combine=sum session=30min halflife=30d", after: .files),
      Example("load taste.safetensors", after: .files), Example("kept = load taste.safetensors", after: .files),
    ],
    notes: """
      MovieLens folders (100k, 1m, latest) need no options; nor do CSV, TSV and JSON Lines files with the usual column \
      names, gzip-compressed or not, and SQLite databases with a usual table. What a file was taken for, the answer says; \
      `as=` says otherwise. Several files are read as one, and `-` is the standard input. Without a rating column the rows \
      are events, and several of one user and item add up. Of several ratings of one user and item the latest by time \
      counts, else the last; they are counted. A column of quantities makes purchases, whose returns (below zero) are \
      taken off. Times are seconds, milli- or microseconds since 1970, or ISO 8601. Ids are whole numbers only if every one of a \
      column is. It binds `ratings`, and `items` and `users` where there are some; a target takes the ratings, and \
      `NAME.items` its items. A model answers as it did when it was saved, without the ratings being loaded; it is bound \
      under the name that it was saved with, or a target.
      """,
    binds: ["ratings", "items", "users"]
  ) { call, session in
    guard let path = call.operands.first else {
      throw Diagnostic(
        .missingOperand, "'load' needs a file or a folder", at: call.verbRange, hint: "such as load ml-latest-small")
    }
    if call.operands.count == 1, try call.holdsModel(path) {
      return try session.reply(loadingModelFrom: path, call: call)
    }
    let options = try session.loadOptions(call)
    do {
      let paths = call.operands.map { session.resolve($0.text) }
      let loaded = try RecData.load(paths, options: options, execution: session.execution)
      return try session.reply(loading: loaded, call: call)
    } catch let error as DataError {
      throw Diagnostic(dataError: error, call: call)
    }
  }
}

extension Session {
  fileprivate func loadOptions(_ call: Call) throws(Diagnostic) -> LoadOptions {
    var options = LoadOptions()
    let kind = try call.word("as") ?? "auto"
    options.kind = TableKind(rawValue: kind)
    options.form = kind == "ratings" ? .table : RowForm(rawValue: kind)
    options.user = try call.word("user")
    options.item = try call.word("item")
    options.rating = try call.word("rating")
    options.time = try call.word("time")
    options.event = try call.word("event")
    options.id = try call.word("id")
    options.title = try call.word("title")
    options.texts = try call.words("text") ?? []
    options.categories = try call.words("categories") ?? []
    options.table = try call.word("table")
    options.query = try call.word("query")
    if let argument = call.argument("halflife") {
      options.halflife = try argument.read(Literal.duration).inSeconds
      if options.halflife == 0 { throw Diagnostic.badValue(argument, of: "halflife", "is longer than nothing") }
    }
    options.combine = try call.word("combine").flatMap(CombineRule.init)
    options.session = try call.word("session").map { text in
      (try? Literal.duration(text)).map { .gap($0.inSeconds) } ?? .column(text)
    }
    options.weights = try (call.options["weights"] ?? []).map { argument throws(Diagnostic) in
      guard let weight = argument.weight else {
        throw Diagnostic(.badValue, "'\(argument.text)' has no weight", at: argument.range, hint: "\(argument.text):1")
      }
      return EventWeight(event: argument.text, weight: Float(weight))
    }
    options.separator = try call.word("sep")
    options.hasHeader = call.options["header"] == nil ? nil : try call.flag("header")
    if let argument = call.argument("encoding") {
      guard let encoding = TextEncoding(named: argument.text) else {
        throw .unknownChoice(argument, of: "encoding", among: TextEncoding.allCases.map(\.rawValue))
      }
      options.encoding = encoding
    }
    if case .range(let lowest, let highest, _)? = try call.value("scale") {
      guard lowest < highest else {
        throw Diagnostic(
          .badValue, "a scale goes from its lowest to its highest rating",
          at: call.argument("scale")?.range ?? call.range, hint: "such as scale=1..5")
      }
      options.scale = Float(lowest)...Float(highest)
    }
    options.missing = try call.number("missing").map { Float($0) }
    options.like = try call.argument("like").map { argument throws(Diagnostic) in try dataset(argument) }
    options.skipsMalformedLines = try call.word("bad") == "skip"
    return options
  }

  fileprivate mutating func reply(loading loaded: Loaded, call: Call) throws(Diagnostic) -> Reply {
    let report = loaded.report
    for path in report.files where path != "standard input" {
      remember(LoadedFile(path: path, rows: report.rowCount, users: report.userCount, items: report.itemCount))
    }
    var reply: Reply
    if let dataset = loaded.dataset {
      reply = self.reply(binding: dataset, call: call, isPart: call.options["like"] != nil)
    } else {
      reply = try self.reply(joining: loaded, call: call)
    }
    reply.outputs += loaded.report.remarks(asked: call.options["as"] != nil)
    return reply
  }

  /// Binds new ratings with their items and users; the parts of the ratings whose place they take go.
  mutating func reply(binding dataset: Dataset, call: Call, isPart: Bool = false) -> Reply {
    let name = call.targets.first ?? "ratings"
    var reply = Reply(.dataset(dataset))
    reply.bind(name, .dataset(dataset), Summary(of: dataset, named: name))
    if call.targets.isEmpty || call.targets.count > 1, !dataset.entities.itemFields.isEmpty {
      let name = call.targets.dropFirst().first ?? "items"
      reply.bind(name, .items(dataset), Summary(itemsOf: dataset, named: name))
    }
    if call.targets.isEmpty || call.targets.count > 2, !dataset.entities.userFields.isEmpty {
      let name = call.targets.dropFirst(2).first ?? "users"
      reply.bind(name, .users(dataset), Summary(usersOf: dataset, named: name))
    }
    if name == "ratings", !isPart {
      let gone = ["train", "test", "valid"].filter { unbind($0) }
      if !gone.isEmpty {
        let verb = gone.count == 1 ? "is" : "are"
        reply.outputs.append(.text("\(listed(gone, "and")) of the earlier ratings \(verb) gone"))
      }
    }
    return reply
  }

  /// Joins a table of items or users to the ratings that are there.
  private func reply(joining loaded: Loaded, call: Call) throws(Diagnostic) -> Reply {
    var reply = Reply()
    let datasets = names.compactMap { name -> (name: String, dataset: Dataset)? in
      guard case .dataset(let dataset)? = self[name] else { return nil }
      return (name, dataset)
    }
    for (name, dataset) in datasets.isEmpty ? [("", .nothing)] : datasets {
      var joined = dataset
      var counts: JoinCounts?
      if let items = loaded.items { (joined, counts) = joined.joining(items: items) }
      if let users = loaded.users { (joined, counts) = joined.joining(users: users) }
      if !name.isEmpty { reply.bindings.append((name, .dataset(joined))) }
      guard name == trainingDataName || name.isEmpty, let counts else { continue }
      let bound = loaded.items == nil ? "users" : "items"
      if loaded.items != nil {
        reply.bind(bound, .items(joined), Summary(itemsOf: joined, named: bound))
      } else {
        reply.bind(bound, .users(joined), Summary(usersOf: joined, named: bound))
      }
      guard !name.isEmpty else { continue }
      reply.outputs.append(
        .text(
          "joined to \(name): \(grouped(counts.matched)) matched, \(grouped(counts.onlyInTable)) only in the table, "
            + "\(grouped(counts.undescribed)) not in it"))
    }
    return reply
  }
}

extension LoadReport {
  /// What people should know of how a file was read.
  fileprivate func remarks(asked: Bool) -> [Output.Content] {
    var parts = ["read as \(format)"]
    if duplicateCount > 0 {
      let rule =
        switch combine {
        case .sum: "added up"
        case .max: "the largest counts"
        case .last: "the latest counts"
        case .count: "counted"
        }
      parts.append("\(counted(duplicateCount, "duplicate")), \(rule)")
    }
    if let timeForm, timeForm != .seconds { parts.append("times in \(timeForm.words)") }
    if let newest { parts.append("weights halve with the time before \(moment(newest))") }
    if let sessionCount {
      let repeats = repeatedCount > 0 ? ", \(counted(repeatedCount, "repeat")) within one left out" : ""
      parts.append("\(counted(sessionCount, "session"))\(repeats)")
    }
    if returnedCount > 0 { parts.append("\(counted(returnedCount, "pair")) returned or at zero, left out") }
    if newUserCount > 0 { parts.append("\(counted(newUserCount, "new user"))") }
    if newItemCount > 0 { parts.append("\(counted(newItemCount, "new item"))") }
    if undescribedItemCount > 0 { parts.append("\(counted(undescribedItemCount, "rated item")) not in the item table") }
    if undescribedUserCount > 0 { parts.append("\(counted(undescribedUserCount, "user")) not in the user table") }
    var outputs: [Output.Content] = [.text(parts.joined(separator: " · "))]
    if skippedCount > 0 {
      let lines = skipped.map { "  line \($0.at.line): expected \($0.expected), found \($0.found)" }
      outputs.append(.text((["left out \(counted(skippedCount, "malformed line")):"] + lines).joined(separator: "\n")))
    }
    for alike in lookalikes {
      let verb = alike.count == 1 ? "differs" : "differ"
      outputs.append(
        .text(
          "note: \(counted(alike.count, alike.noun)) \(verb) from another only in case or spaces and \(alike.count == 1 ? "is" : "are") kept apart: "
            + "\(Diagnostic.quoted(alike.example.0)), \(Diagnostic.quoted(alike.example.1))"))
    }
    return outputs
  }
}

extension Duration {
  fileprivate var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

extension Dataset {
  /// No ratings of nobody: what a table of items alone is joined to.
  fileprivate static let nothing = Dataset(
    name: "items", entities: Entities(users: Vocabulary([]), items: Vocabulary([])),
    interactions: SparseRows(rowCount: 0, columnCount: 0, offsets: [0], columns: [], values: []), feedback: .events)
}
