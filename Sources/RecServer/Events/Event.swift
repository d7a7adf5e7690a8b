import RecData
import RecLanguage

/// Something that happened to a user: shown, clicked, bought.
package struct Event: Sendable, Equatable {
  /// How the ids of exposures begin, which the server gives.
  static let exposureID = "exposure/"

  /// Known again where it is sent twice.
  package var id: String
  /// Milliseconds since 1970, UTC.
  package var time: Int64
  package var user: String
  /// `exposure`, `impression`, `click`, `purchase` or any other word.
  package var kind: String
  package var item: String?
  /// The experiment and its arm.
  package var test: String?
  package var arm: String?
  package var value: Double?

  package init(
    id: String, time: Int64, user: String, kind: String, item: String? = nil, test: String? = nil, arm: String? = nil,
    value: Double? = nil
  ) {
    self.id = id
    self.time = time
    self.user = user
    self.kind = kind
    self.item = item
    self.test = test
    self.arm = arm
    self.value = value
  }
}

extension Event {
  /// An event in a body.
  ///
  /// - Parameters:
  ///   - now: For one without a time, in milliseconds since 1970.
  ///   - name: An id for one without.
  init(_ body: BodyValue, now: Int64, name: () -> String) throws(RequestFailure) {
    let members = try body.members(["id", "time", "user", "kind", "item", "test", "arm", "value"])
    func required(_ key: String) throws(RequestFailure) -> String {
      guard let value = members[key] else {
        throw .badValue(
          "the event has no \(key)", hint: #"such as {"user":"42","kind":"click","item":"1"}"#, pointer: body.pointer)
      }
      return try Self.text(value)
    }
    user = try required("user")
    kind = try required("kind").lowercased()
    id = try members["id"].map(Self.text) ?? name()
    time = try members["time"]?.wholeNumber() ?? now
    item = try members["item"].map(Self.text)
    test = try members["test"].map(Self.text)
    arm = try members["arm"].map(Self.text)
    value = try members["value"]?.number()
  }

  private static func text(_ value: BodyValue) throws(RequestFailure) -> String {
    let text = try value.identifier()
    guard !text.isEmpty, !text.utf8.contains(0) else {
      throw value.expected("a text of 1 to \(BodyValue.longestText) bytes")
    }
    return text
  }
}

extension BodyValue {
  /// A whole number of 64 bits.
  func wholeNumber() throws(RequestFailure) -> Int64 {
    guard let number = whole else { throw expected("a whole number") }
    return Int64(number)
  }
}
