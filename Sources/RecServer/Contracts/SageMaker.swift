import RecData
import RecLanguage
import RecModels

/// The contract of a container that SageMaker hosts.
///
/// Source: Amazon SageMaker AI, *Use your own inference code with hosting services*.
extension Routes {
  static let sageMaker: [Route] = [.sageMakerPing, .sageMakerInvocations]
}

extension Route {
  /// Whether the container is ready.
  static let sageMakerPing = Route(
    "GET", "/ping", .open, "Whether the container is ready, as SageMaker asks.", answer: Schema.text,
    answerTypes: ["text/plain"]
  ) { call in
    guard call.service.isReady else { throw RequestFailure(503, "nothing-there", "the models are not loaded yet") }
    return .text("")
  }

  /// Lists or ratings, in the form that `Content-Type` and `Accept` say.
  static let sageMakerInvocations = Route(
    "POST", "/invocations", .reading, "Lists or ratings, as SageMaker invokes models.",
    body: Body(
      Schema.any([
        Schema.named("ListQuery"), Schema.named("PredictionQuery"), Schema.array(Schema.named("ListQuery")),
        Schema.object(["instances": Schema.array(Schema.named("ListQuery"))], required: ["instances"]),
      ]), limit: 25 << 20,
      contentTypes: ["application/json", "application/jsonlines", "text/csv"]),
    answer: Schema.anything, answerTypes: ["application/json", "application/jsonlines", "text/csv"],
    failures: [406, 409, 415, 422]
  ) { call in
    let form = try SageMakerForm(contentType: call.contentType)
    let answerForm = try SageMakerForm(accept: call.accept, else: form)
    let (records, isSingle, isWrapped) = try form.records(call)
    let answers = try await call.service.answers(records)
    return answerForm.answer(answers, isSingle: isSingle, isWrapped: isWrapped)
  }
}

/// How records and answers are written.
private enum SageMakerForm: Sendable {
  case json, lines, csv

  init(contentType: String) throws(RequestFailure) {
    switch contentType {
    // What `curl -d` says where nothing is said.
    case "", "application/json", "application/x-www-form-urlencoded": self = .json
    case "application/jsonlines", "application/x-jsonlines", "application/json-lines", "application/x-ndjson":
      self = .lines
    case "text/csv": self = .csv
    default:
      throw RequestFailure(
        415, "unknown-type", "the type \(Diagnostic.quoted(contentType)) is not taken",
        hint: "application/json, application/jsonlines or text/csv")
    }
  }

  /// The form that the client likes best; of equal ones the first.
  init(accept: String, else form: SageMakerForm) throws(RequestFailure) {
    let types = Self.types(accept)
    if types.isEmpty {
      self = form
      return
    }
    for type in types {
      if type == "*/*" || type == "application/*" && form != .csv || type == "text/*" && form == .csv {
        self = form
        return
      }
      if type == "application/*" || type == "text/*" {
        self = type == "text/*" ? .csv : .json
        return
      }
      if let known = try? SageMakerForm(contentType: type) {
        self = known
        return
      }
    }
    throw RequestFailure(
      406, "unknown-type", "none of the types that are accepted can be answered",
      hint: "application/json, application/jsonlines or text/csv")
  }

  /// The types of a field `Accept` in descending order of their weights (RFC 9110, section 12.4.2), without refused ones.
  private static func types(_ accept: String) -> [String] {
    let weighted = accept.lowercased().filter { $0 != " " }.split(separator: ",").map { part in
      let words = part.split(separator: ";")
      let weight = words.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
      return (type: String(words.first ?? ""), weight: weight ?? 1)
    }
    // Sorting keeps the order of equal ones.
    return weighted.filter { $0.weight > 0 && !$0.type.isEmpty }.sorted { $0.weight > $1.weight }.map(\.type)
  }

  /// The records of a body, whether it is one alone, and whether they stand under `instances`.
  func records(_ call: RouteCall) throws(RequestFailure) -> ([Record], isSingle: Bool, isWrapped: Bool) {
    switch self {
    case .json:
      let body = try call.json()
      if case .object = body.value {
        guard let instances = try body.members(["instances"], isStrict: false)["instances"] else {
          return ([try Record(body)], true, false)
        }
        return (try instances.list(limit: RecommendationService.recordLimit).records(), false, true)
      }
      guard case .array = body.value else { return ([try Record(body)], true, false) }
      return (try body.list(limit: RecommendationService.recordLimit).records(), false, false)
    case .lines:
      var records: [Record] = []
      for (number, line) in try call.lines().enumerated() {
        do {
          let value = try JSONValue(parsing: Array(line.bytes), JSONLimits(valueCount: 100_000))
          records.append(try Record(BodyValue(value, at: "/\(number)")))
        } catch let error as JSONError {
          var failure = RequestFailure(error)
          failure.offset = line.start + error.position
          throw failure
        } catch let failure as RequestFailure {
          throw failure
        } catch {}
      }
      return (records, false, false)
    case .csv:
      var records: [Record] = []
      for (number, line) in try call.lines().enumerated() {
        guard let text = String(validating: line.bytes, as: UTF8.self) else {
          throw .badValue("line \(number + 1) is no UTF-8 text")
        }
        guard let fields = CSVLine.fields(text), let user = fields.first, !user.isEmpty, fields.count <= 2 else {
          throw .badValue("line \(number + 1) is not a user, or a user and an item")
        }
        records.append(
          fields.count == 1
            ? .list(ListQuery(user: user)) : .prediction(PredictionQuery(user: user, item: fields[1])))
      }
      return (records, false, false)
    }
  }

  func answer(_ answers: [RecordAnswer], isSingle: Bool, isWrapped: Bool) -> Answer {
    switch self {
    case .json:
      return .json { json in
        if isSingle, let first = answers.first { return first.write(to: &json) }
        guard isWrapped else {
          return json.array { json in for answer in answers { answer.write(to: &json) } }
        }
        json.object { json in
          json.member("predictions") { json in
            json.array { json in for answer in answers { answer.write(to: &json) } }
          }
        }
      }
    case .lines:
      var body: [UInt8] = []
      for answer in answers {
        var json = JSONText()
        answer.write(to: &json)
        body += json.bytes + [0x0A]
      }
      return Answer(contentType: "application/jsonlines", body: body)
    case .csv:
      // A line for each record, so that a batch transform can join the two: the items in order, or the rating.
      let lines = answers.map { answer in
        switch answer {
        case .list(let list):
          CSVLine.text(list.items.map { list.served.entities.items[ItemIndex($0.item)].text })
        case .prediction(let prediction): Double(prediction.rating).description
        }
      }
      return Answer(contentType: "text/csv; charset=utf-8", body: Array(lines.map { $0 + "\n" }.joined().utf8))
    }
  }
}

extension [BodyValue] {
  fileprivate func records() throws(RequestFailure) -> [Record] {
    var records: [Record] = []
    for element in self { records.append(try Record(element)) }
    return records
  }
}

extension RouteCall {
  /// The lines of the body that hold something, with the offset of each.
  fileprivate func lines() throws(RequestFailure) -> [(start: Int, bytes: ArraySlice<UInt8>)] {
    var lines: [(start: Int, bytes: ArraySlice<UInt8>)] = []
    for line in body.split(separator: 0x0A) {
      let line = line.last == 0x0D ? line.dropLast() : line
      if line.allSatisfy({ $0 == 0x20 }) { continue }
      guard lines.count < RecommendationService.recordLimit else {
        throw .badValue("the body has more than \(grouped(RecommendationService.recordLimit)) records")
      }
      lines.append((line.startIndex, line))
    }
    return lines
  }
}

/// A line of comma-separated values (RFC 4180).
private enum CSVLine {
  /// - Returns: nil where a quotation mark is not closed.
  static func fields(_ line: String) -> [String]? {
    var fields = [""]
    var isQuoted = false
    // Whether the last character closed a quotation; another mark then stands for itself.
    var hasClosed = false
    for character in line {
      if character == "\"" {
        if hasClosed { fields[fields.count - 1].append("\"") }
        hasClosed = isQuoted
        isQuoted.toggle()
        continue
      }
      hasClosed = false
      if character == ",", !isQuoted {
        fields.append("")
      } else {
        fields[fields.count - 1].append(character)
      }
    }
    return isQuoted ? nil : fields
  }

  static func text(_ fields: [String]) -> String {
    fields.map { field in
      field.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
    }.joined(separator: ",")
  }
}
