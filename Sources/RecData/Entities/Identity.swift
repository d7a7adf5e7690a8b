/// What an id or an index stands for: a user or an item. The two never mix.
package protocol EntityKind: Sendable {
  /// The word for one of them in a message, such as "user".
  static var noun: String { get }
}

/// Somebody who rates, buys or clicks.
package enum User: EntityKind { package static let noun = "user" }

/// Something that is rated, bought or clicked.
package enum Item: EntityKind { package static let noun = "item" }

/// The id of a user or an item as its file writes it; never read as a number.
package struct ID<Kind: EntityKind>: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let text: String
  package init(_ text: String) { self.text = text }
  package init(stringLiteral value: String) { text = value }
  package var description: String { text }
}

/// The place of a user or an item in its vocabulary, from 0; follows the order of the ids.
package struct Index<Kind: EntityKind>: Sendable, Hashable, Comparable {
  package let raw: Int
  package init(_ raw: Int) { self.raw = raw }
  package init(_ raw: Int32) { self.raw = Int(raw) }
  package static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

package typealias UserID = ID<User>
package typealias ItemID = ID<Item>
package typealias UserIndex = Index<User>
package typealias ItemIndex = Index<Item>
