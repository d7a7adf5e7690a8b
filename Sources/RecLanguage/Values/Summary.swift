/// What a dataset or a model says of itself: facts for programs, a phrase of each for people.
package struct Summary: Sendable, Equatable {
  package enum Kind: String, Sendable { case dataset, model }

  package struct Fact: Sendable, Equatable {
    /// The stable name in JSON.
    package let name: String
    package let value: FactValue
    /// What people read; nil where the value says nothing to them.
    package let phrase: String?
    package init(_ name: String, _ value: FactValue, _ phrase: String?) {
      self.name = name
      self.value = value
      self.phrase = phrase
    }
  }

  package indirect enum FactValue: Sendable, Equatable {
    case cell(Table.Cell)
    case words([String])
    case record([Fact])
  }

  package let kind: Kind
  /// The name it is bound to.
  package let name: String
  package let facts: [Fact]

  package init(_ kind: Kind, name: String, facts: [Fact]) {
    self.kind = kind
    self.name = name
    self.facts = facts
  }
}
