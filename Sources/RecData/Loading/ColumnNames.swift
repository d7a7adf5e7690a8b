/// The names that columns usually have, in order of preference; compared without case and punctuation.
enum ColumnNames {
  static let user = [
    "userid", "user", "uid", "usersha1", "customerid", "customer", "reviewerid", "memberid", "visitorid", "sessionid",
    "profilename", "username", "userindex", "useridx", "u",
  ]
  static let item = [
    "movieid", "itemid", "item", "movie", "iid", "filmid", "film", "productid", "product", "parentasin", "asin", "isbn",
    "bookid", "book", "songid", "song", "trackid", "track", "artistid", "artist", "businessid", "gameid", "game",
    "appid", "animeid", "anime", "articleid", "article", "jokeid", "placeid", "venueid", "recipeid", "courseid",
    "stockcode", "sku",
    "restaurantid", "newsid", "videoid", "itemindex", "itemidx", "i",
  ]
  static let rating = [
    "rating", "ratings", "score", "stars", "overall", "userrating", "bookrating", "ratingvalue", "rate", "value", "r",
  ]
  static let time = [
    "timestamp", "time", "unixreviewtime", "ts", "datetime", "date", "ratedat", "createdat", "eventtime", "unixtime",
    "t",
  ]
  static let quantity = ["quantity", "qty", "plays", "playcount", "units"]
  static let tag = ["tag", "tags"]
  static let event = ["event", "eventtype", "eventname", "action", "behavior", "behaviour", "interaction"]
  static let title = ["title", "name", "movietitle", "itemtitle", "itemname", "booktitle", "moviename", "productname"]
  static let genres = ["genres", "genre"]

  /// A name without case and punctuation.
  static func plain(_ name: String) -> String { String(name.lowercased().filter { $0.isLetter || $0.isNumber }) }

  /// The place of the column with the most preferred of some names.
  static func place(_ names: [String], in header: [String]) -> Int? {
    let plainHeader = header.map(plain)
    for name in names {
      if let place = plainHeader.firstIndex(of: name) { return place }
    }
    return nil
  }

  /// Whether a line of fields looks like a header: it names a usual column, or it has no number where the next line has.
  static func isHeader(_ first: [String], then next: [String]?) -> Bool {
    let plainFirst = Set(first.map(plain))
    if [user, item, rating, title, genres].contains(where: { names in
      names.contains { $0.count > 1 && plainFirst.contains($0) }
    }) {
      return true
    }
    if first.contains(where: { Double($0) != nil }) { return false }
    return next?.contains { Double($0) != nil } ?? false
  }
}
