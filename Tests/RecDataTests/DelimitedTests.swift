import FoundationEssentials
import RecAlgebra
import RecKernels
import Testing

@testable import RecData

struct DelimitedTests {
  @Test(arguments: [
    ("a.csv", "userId,movieId,rating,timestamp\n1,10,4.5,100\n2,10,3,200\n", "comma-separated text with header"),
    ("b.tsv", "user_id\titem_id\trating\ttime\n1\t10\t4.5\t100\n2\t10\t3\t200\n", "tab-separated text with header"),
    ("c.txt", "1::10::4.5::100\n2::10::3::200\n", "'::'-separated text without header"),
    ("d.txt", "1|10|4.5|100\n2|10|3|200", "'|'-separated text without header"),
    ("e.csv", "1;10;4,5;100\r\n2;10;3;200\r\n", "';'-separated text without header"),
    ("f.txt", "1 10 4.5 100\n2 10 3 200\n", "space-separated text without header"),
    (
      "g.csv", "\"User\",\"Item\",\"Score\",\"Date\"\n\"1\",\"10\",\"4.5\",\"100\"\n\"2\",\"10\",\"3\",\"200\"\n",
      "comma-separated text with header"
    ),
    ("h.csv", "timestamp,rating,item,user\n100,4.5,10,1\n\n200, 3 ,10 , 2\n\n", "comma-separated text with header"),
    (
      "i.csv", "user,item,rating,time\n1,10,4.5,1970-01-01T00:01:40Z\n2,10,+3,1970-01-01 01:03:20+01:00\n",
      "comma-separated text with header"
    ),
    (
      "j.csv", "note,user,item,rating,time\n\"a, \"\"b\"\"\nc\",1,10,4.5e0,100.9\nx,2,10,3,200\n",
      "comma-separated text with header"
    ),
  ])
  func `recognises separator, header and columns`(name: String, text: String, format: String) throws {
    let folder = try TemporaryFolder()
    let loaded = try loaded(folder.write(name, text))
    #expect(triples(try #require(loaded.dataset)) == ["1 10 4.5@100", "2 10 3.0@200"])
    #expect(loaded.report.format == format)
    #expect(loaded.report.rowCount == 2)
  }

  @Test func `recognises a table of many columns`() throws {
    let folder = try TemporaryFolder()
    let header = "user,item,rating," + (0..<20_000).map { "c\($0)" }.joined(separator: ",")
    let row = ",3" + String(repeating: ",1", count: 20_000) + "\n"
    let loaded = try loaded(folder.write("wide.csv", header + "\n1,10" + row + "2,10" + row))
    #expect(triples(try #require(loaded.dataset)) == ["1 10 3.0", "2 10 3.0"])
  }

  @Test func `takes columns by name and by number`() throws {
    let folder = try TemporaryFolder()
    let named = try folder.write("a.csv", "who,what,how,extra\nann,tea,2,x\nbob,tea,4,y\n")
    let byName = try loaded(named) { ($0.user, $0.item, $0.rating) = ("who", "What", "how") }
    #expect(triples(try #require(byName.dataset)) == ["ann tea 2.0", "bob tea 4.0"])
    #expect(byName.report.unusedColumns == ["extra"])
    #expect(byName.report.columns.map(\.column) == ["who", "what", "how"])
    let numbered = try folder.write("b.csv", "4,bob,tea\n2,ann,tea\n")
    let byNumber = try loaded(numbered) { ($0.user, $0.item, $0.rating) = ("2", "3", "1") }
    #expect(triples(try #require(byNumber.dataset)) == ["ann tea 2.0", "bob tea 4.0"])
  }

  @Test func `takes separator, header and encoding from options`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.dat", Array("x~Caf".utf8) + [0xE9] + Array("~1\nx~Bar~2\n".utf8))
    let loaded = try loaded(path) {
      ($0.separator, $0.hasHeader, $0.encoding) = ("~", false, .latin1)
    }
    #expect(triples(try #require(loaded.dataset)) == ["x Bar 2.0", "x Café 1.0"])
    let windows = try folder.write("b.csv", Array("user,item,rating\nx,".utf8) + [0x80] + Array(",1\n".utf8))
    #expect(triples(try #require(try self.loaded(windows) { $0.encoding = .windows1252 }.dataset)) == ["x € 1.0"])
    let wide = "user,item,rating\nx,ø,1\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let utf16 = try folder.write("c.csv", [0xFF, 0xFE] + wide)
    #expect(triples(try #require(try self.loaded(utf16).dataset)) == ["x ø 1.0"])
    let oldMac = try folder.write("d.csv", "user,item,rating\rx,y,1\r")
    #expect(triples(try #require(try self.loaded(oldMac).dataset)) == ["x y 1.0"])
  }

  private func loaded(_ path: String, _ change: (inout LoadOptions) -> Void = { _ in }) throws -> Loaded {
    try RecDataTests.loaded(path, change)
  }

  @Test(arguments: [
    (["10", "9", "-3"], ["-3", "9", "10"]), (["10", "9", "09"], ["09", "10", "9"]),
    (["10", "9", "+1"], ["+1", "10", "9"]),
    (["9223372036854775807", "10", "0"], ["0", "10", "9223372036854775807"]),
    (["9223372036854775808", "10", "9"], ["10", "9", "9223372036854775808"]),
    (["-0", "10", "9"], ["-0", "10", "9"]), (["99999999999", "5", "70000000"], ["5", "70000000", "99999999999"]),
    (["b", "a", "ä", "Z"], ["Z", "a", "b", "ä"]), (["1.5", "10", "9"], ["1.5", "10", "9"]),
  ])
  func `takes ids for numbers only if every one is a canonical 64-bit integer`(ids: [String], order: [String]) throws {
    let folder = try TemporaryFolder()
    let lines = ids.map { "\($0),1,3\n7,\($0),3\n" }.joined()
    let dataset = try #require(try loaded(folder.write("a.csv", "user,item,rating\n" + lines)).dataset)
    let items = dataset.entities.items
    let found = (0..<items.count).map { items[ItemIndex($0)].text }.filter { $0 != "1" || ids.contains("1") }
    #expect(found == order)
    let isNumeric = order.allSatisfy { Int64($0).map(String.init) == $0 }
    if case .numbers = items.storage { #expect(isNumeric) } else { #expect(!isNumeric) }
  }

  @Test func `lets the latest of duplicates win, by time, else by position`() throws {
    let folder = try TemporaryFolder()
    let timed = try folder.write("a.csv", "user,item,rating,time\n1,1,5,30\n1,2,1,1\n1,1,3,10\n1,1,4,30\n")
    let loaded = try loaded(timed)
    #expect(triples(try #require(loaded.dataset)) == ["1 1 4.0@30", "1 2 1.0@1"])
    #expect(loaded.report.duplicateCount == 2)
    let untimed = try folder.write("b.csv", "user,item,rating\n1,1,5\n1,2,1\n1,1,3\n")
    #expect(triples(try #require(try self.loaded(untimed).dataset)) == ["1 1 3.0", "1 2 1.0"])
  }

  @Test func `reads things that happened as weights that add up`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "log.csv", "user,item,event,time\n1,a,view,10\n1,a,buy,5\n2,a,view,7\n1,b,cart,8\n1,a,view,9\n")
    let plain = try #require(try loaded(path).dataset)
    #expect(plain.feedback == .events)
    #expect(triples(plain) == ["1 a 3.0@10", "1 b 1.0@8", "2 a 1.0@7"])
    let weighted = try loaded(path) {
      $0.weights = [
        EventWeight(event: "view", weight: 1), EventWeight(event: "cart", weight: 0),
        EventWeight(event: "buy", weight: 5),
      ]
    }
    #expect(triples(try #require(weighted.dataset)) == ["1 a 7.0@10", "2 a 1.0@7"])
    #expect(throws: DataError.self) {
      try loaded(path) { $0.weights = [EventWeight(event: "view", weight: 1)] }
    }
  }

  @Test func `leaves out the rating that stands for none, and keeps to a scale that is given`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "user,item,rating\n1,1,99\n1,2,-3.5\n2,1,4\n9,9,99\n")
    let loaded = try loaded(path) {
      $0.missing = 99
      $0.scale = -10...10
    }
    let dataset = try #require(loaded.dataset)
    #expect(triples(dataset) == ["1 2 -3.5", "2 1 4.0"])
    #expect(dataset.feedback == .ratings(RatingScale(lowest: -10, highest: 10, relevant: 10)))
    #expect(throws: DataError.self) { try self.loaded(path) { $0.scale = 1...5 } }
  }

  @Test func `shares ids, items and scale with the dataset that it is like`() throws {
    let folder = try TemporaryFolder()
    try folder.write("ratings.csv", "userId,movieId,rating\n1,10,5\n1,30,1\n2,10,2\n")
    try folder.write("movies.csv", "movieId,title,genres\n10,Ten,A\n30,Thirty,B\n")
    let train = try #require(try loaded(folder.path).dataset)
    let known = try loaded(folder.write("t1.csv", "user,item,rating\n2,30,4\n")) { $0.like = train }
    let test = try #require(known.dataset)
    #expect(test.entities == train.entities)
    #expect(test.feedback == train.feedback)
    #expect(triples(test) == ["2 30 4.0"])
    let more = try loaded(folder.write("t2.csv", "user,item,rating\n3,20,4\n")) { $0.like = train }
    let larger = try #require(more.dataset)
    #expect((more.report.newUserCount, more.report.newItemCount) == (1, 1))
    #expect(larger.entities.items.translation(from: train.entities.items) == [0, 2])
    #expect(larger.entities.title(of: ItemIndex(2)) == "Thirty")
  }

  @Test func `reads an item table alone and joins it by id`() throws {
    let folder = try TemporaryFolder()
    let ratings = try #require(try loaded(folder.write("r.csv", "user,item,rating\n1,10,5\n1,30,1\n")).dataset)
    let table = try loaded(
      folder.write(
        "i.csv", "id,name,genre,price,code,stock\n10,Ten,A|B,1.5,007,\n20,Twenty,,2,x,\n10,Ten again,B,3,y,\n"))
    let items = try #require(table.items)
    #expect(table.report.duplicateItemCount == 1)
    #expect(items.fields.names == ["title", "genres", "price", "code"])
    let (joined, counts) = ratings.joining(items: items)
    #expect(counts.matched == 1 && counts.onlyInTable == 1 && counts.undescribed == 1)
    #expect(joined.entities.items.count == 3)
    #expect((0..<3).map { joined.entities.title(of: ItemIndex($0)) } == ["Ten again", "Twenty", "30"])
    #expect(joined.entities.itemFields["price"]?.count == 3)
    #expect(triples(joined) == triples(ratings))
  }

  @Test(arguments: [1, 3, 8])
  func `gives the same for any number of threads`(threads: Int) throws {
    let folder = try TemporaryFolder()
    // More than a megabyte, so that there are several chunks; unsorted, with duplicates, gaps, quotes and text ids.
    var text = "user,item,rating,time\n"
    var state: UInt64 = 1
    func next(_ limit: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % limit
    }
    for row in 0..<70_000 {
      let user = next(3000)
      text += row % 5 == 0 ? "\"u\(user)\"" : "u\(user)"
      text += ",\(next(500)),\(1 + next(5)),\(next(1_000_000_000))\(row % 7 == 0 ? "\r\n\n" : "\n")"
    }
    let path = try folder.write("a.csv", text)
    let one = try #require(try load(path, execution: Execution(threadCount: 1)).dataset)
    let other = try #require(try load(path, execution: Execution(threadCount: threads)).dataset)
    #expect(other.interactions == one.interactions)
    #expect(other.times == one.times)
    #expect(other.entities == one.entities)
    // A plain twin: split at line ends and commas, the latest of each pair.
    var latest: [String: (time: Int64, rating: Float)] = [:]
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.replacing("\"", with: "").split(separator: ",")
      let (time, rating) = (try #require(Int64(fields[3])), try #require(Float(fields[2])))
      let pair = "\(fields[0]) \(fields[1])"
      if let known = latest[pair], known.time > time { continue }
      latest[pair] = (time, rating)
    }
    #expect(Set(triples(one)) == Set(latest.map { "\($0.key) \($0.value.rating)@\($0.value.time)" }))
  }

  @Test func `reads texts of any length, and many of them`() throws {
    let folder = try TemporaryFolder()
    // Around the length that fits a slot of the table of texts, and more texts than it has slots at first.
    let ids =
      (0..<6000).map { "id\($0)" + String(repeating: "x", count: $0 % 61) } + [
        "é", String(repeating: "y", count: 70_000),
      ]
    let text = "user,item,rating\n" + ids.map { "\($0),\($0),3\n\($0),z,4\n" }.joined()
    let dataset = try #require(try loaded(folder.write("a.csv", text)).dataset)
    #expect(dataset.entities.users.count == ids.count)
    #expect(Set(triples(dataset)) == Set(ids.flatMap { ["\($0) \($0) 3.0", "\($0) z 4.0"] }))
  }
}
