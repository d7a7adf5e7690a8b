import RecData

/// JSON Schema, as OpenAPI 3.1 has it, built from its parts.
enum Schema {
  /// - Parameters:
  ///   - oneOf: Members of which at least one has to be there.
  ///   - isOpen: Whether other members may stand there.
  static func object(
    _ properties: KeyValuePairs<String, JSONValue>, required: [String] = [], oneOf: [String] = [], isOpen: Bool = false
  ) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("type", .string("object")),
      .init("properties", .object(properties.map { .init($0.key, $0.value) })),
    ]
    if !required.isEmpty { members.append(.init("required", .array(required.map { .string($0) }))) }
    if !oneOf.isEmpty {
      members.append(
        .init(
          "anyOf", .array(oneOf.map { .object([.init("required", .array([.string($0)]))]) })))
    }
    if !isOpen { members.append(.init("additionalProperties", .flag(false))) }
    return .object(members)
  }

  static func array(_ items: JSONValue, limit: Int? = nil) -> JSONValue {
    var members: [JSONValue.Member] = [.init("type", .string("array")), .init("items", items)]
    if let limit { members.append(.init("maxItems", .number(String(limit)))) }
    return .object(members)
  }

  /// A member that may be missing, or null.
  static func optional(_ schema: JSONValue) -> JSONValue { any([schema, type("null")]) }

  static func any(_ choices: [JSONValue]) -> JSONValue { .object([.init("anyOf", .array(choices))]) }

  static func named(_ name: String) -> JSONValue { .object([.init("$ref", .string("#/components/schemas/\(name)"))]) }

  static func integer(_ range: ClosedRange<Int>) -> JSONValue {
    .object([
      .init("type", .string("integer")), .init("minimum", .number(String(range.lowerBound))),
      .init("maximum", .number(String(range.upperBound))),
    ])
  }

  static func choice(_ words: [String]) -> JSONValue {
    .object([.init("type", .string("string")), .init("enum", .array(words.map { .string($0) }))])
  }

  static func type(_ name: String) -> JSONValue { .object([.init("type", .string(name))]) }

  static let text = type("string")
  static let word = JSONValue.object([.init("type", .string("string")), .init("minLength", .number("1"))])
  static let number = type("number")
  static let flag = type("boolean")
  static let count = integer(0...Int(Int32.max))
  static let anything = JSONValue.object([])
  static let id = any([text, number])

  // MARK: What several routes have in common

  static let history = any([
    array(any([object(["item": id, "rating": number], required: ["item"]), id]), limit: ListQuery.largestHistory),
    .object([.init("type", .string("object")), .init("additionalProperties", number)]),
  ])

  static let listQuery = object(
    [
      "user": id, "history": history, "n": optional(integer(ListQuery.lengths)), "exclude": optional(array(id)),
      "seen": optional(choice(["hide", "show"])), "model": optional(text), "version": optional(count),
    ], oneOf: ["user", "history"])

  static let list = object(
    [
      "user": text, "model": text, "version": count, "test": text, "arm": text, "fallback": flag,
      "items": array(
        object(
          ["rank": count, "item": text, "title": text, "score": number], required: ["rank", "item", "title", "score"])),
    ], required: ["model", "version", "fallback", "items"])

  static let predictionQuery = object(
    [
      "user": optional(id), "history": optional(history), "item": id, "model": optional(text),
      "version": optional(count),
    ], required: ["item"])

  static let prediction = object(
    [
      "user": text, "item": text, "title": text, "model": text, "version": count, "fallback": flag, "rating": number,
    ], required: ["item", "title", "model", "version", "fallback", "rating"])

  static let reasons = object(
    [
      "user": text, "item": text, "title": text, "model": text, "version": count, "fallback": flag, "score": number,
      "parts": array(
        object(
          ["part": text, "rating": number, "adds": number, "parts": type("array")], required: ["part", "adds"])),
    ], required: ["item", "title", "model", "version", "fallback", "score", "parts"])

  static let failure = object(
    [
      "kind": choice(["error"]), "code": text, "message": text, "hint": text, "help": text, "offset": count,
      "pointer": text,
    ], required: ["kind", "code", "message"])

  static let errorText = object(["error": text], required: ["error"])

  /// A text that is not empty, or a number, of an event.
  private static let key = any([word, number])

  static let event = object(
    [
      "id": optional(key), "time": optional(type("integer")), "user": key, "kind": key, "item": optional(key),
      "test": optional(key), "arm": optional(key), "value": optional(number),
    ], required: ["user", "kind"])

  /// The schemas that others refer to by name.
  static let components: KeyValuePairs<String, JSONValue> = [
    "ListQuery": listQuery, "List": list, "PredictionQuery": predictionQuery, "Prediction": prediction,
    "Reasons": reasons,
    "Event": event, "Error": failure, "ErrorText": errorText,
  ]
}
