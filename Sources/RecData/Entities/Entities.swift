/// Who and what the interactions are about: the vocabularies and what is known of each user and item.
///
/// Items are those of the ratings and those of the item table together, so an item that nobody rated yet has an index,
/// too. Shared, not copied, by a dataset and all its parts.
package struct Entities: Sendable, Equatable {
  package var users: Vocabulary<User>
  package var items: Vocabulary<Item>
  /// A row for each user index; may have no fields.
  package var userFields: FieldTable
  /// A row for each item index; may have no fields.
  package var itemFields: FieldTable

  package init(
    users: Vocabulary<User>, items: Vocabulary<Item>, userFields: FieldTable = FieldTable(),
    itemFields: FieldTable = FieldTable()
  ) {
    self.users = users
    self.items = items
    self.userFields = userFields
    self.itemFields = itemFields
  }

  /// The title of an item, or its id where there is no title.
  package func title(of item: ItemIndex) -> String {
    let title = itemFields.text("title", at: item.raw)
    return title.isEmpty ? items[item].text : title
  }
}
