/// What a file says of users or items: their ids in order, and a row of fields for each.
package struct EntityTable<Kind: EntityKind>: Sendable, Equatable {
  package let ids: Vocabulary<Kind>
  /// A row for each index of `ids`.
  package let fields: FieldTable

  package init(ids: Vocabulary<Kind>, fields: FieldTable) {
    self.ids = ids
    self.fields = fields
  }
}
