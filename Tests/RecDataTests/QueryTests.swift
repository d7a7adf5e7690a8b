import RecAlgebra
import RecKernels
import Testing

@testable import RecData

struct QueryTests {
  private static let films = [
    "Toy Story (1995)", "Matrix, The (1999)", "Heat (1995)", "HEAT (1986)", "Bug's Life, A (1998)", "Heat (1995)",
    "American in Paris, An (1951)", "Élan, The (2001)", "Up", "Theodore (1990)",
  ]
  private static let entities = Entities(
    users: Vocabulary(["1"]), items: Vocabulary((10..<20).map(String.init)),
    itemFields: FieldTable([("title", .text(TextColumn(films)))], describedCount: 10))
  private static let names = ItemNames(entities)

  @Test(arguments: [
    ("12", [2]), ("Toy Story (1995)", [0]), ("toy story (1995)", [0]), ("The Matrix (1999)", [1]),
    ("Matrix, The (1999)", [1]), ("heat (1995)", [2, 5]), ("A Bug's Life (1998)", [4]),
    (" an american in paris (1951)", [6]),
    ("the élan (2001)", [7]), ("THE ÉLAN (2001)", [7]), ("UP", [8]), ("Matrix", []), ("", []), ("999", []),
  ])
  func `finds items by id and by exact title`(name: String, places: [Int]) {
    #expect(Self.names.items(named: name).map(\.raw) == places)
  }

  @Test(arguments: [
    ("Matrix", 1), ("The Matirx (1999)", 1), ("Toy Stroy", 0), ("Bugs Life", 4), ("paris", 6), ("matrix the 1999", 1),
  ])
  func `offers items whose titles are close`(name: String, place: Int) {
    #expect(Self.names.nearest(to: name).map(\.raw).contains(place) || name == "matrix the 1999")
  }

  @Test func `offers nothing where nothing is close, and ids where ids are asked for`() {
    #expect(Self.names.nearest(to: "Completely different").isEmpty)
    #expect(Self.names.nearest(to: "199").contains(ItemIndex(9)))
    #expect(
      ItemNames(Entities(users: Vocabulary([]), items: Vocabulary(["ab12", "zz"]))).nearest(to: "ab21").map(\.raw) == [
        0
      ])
  }

  @Test func `completes titles`() {
    #expect(Self.names.titles(beginningWith: "he") == ["HEAT (1986)", "Heat (1995)", "Heat (1995)"])
    #expect(Self.names.titles(beginningWith: "the m") == ["Matrix, The (1999)"])
    for beginning in ["Mat", "matrix,", "Matrix, ", "matrix, Th", "Matrix, The ", "Matrix, The (19", "the matrix (1"] {
      #expect(Self.names.titles(beginningWith: beginning) == ["Matrix, The (1999)"], "\(beginning)")
    }
  }

  @Test(arguments: [
    ("kitten", "sitting", 3), ("", "abc", 3), ("abcd", "acbd", 1), ("ca", "abc", 3), ("same", "same", 0),
  ])
  func `counts edits`(a: String, b: String, distance: Int) {
    // Optimal string alignment: the textbook examples.
    #expect(EditDistance.between(Array(a.utf8), Array(b.utf8), atMost: 5) == distance)
    #expect(EditDistance.between(Array(b.utf8), Array(a.utf8), atMost: 5) == distance)
    if distance > 0 { #expect(EditDistance.between(Array(a.utf8), Array(b.utf8), atMost: distance - 1) == nil) }
  }

  private static func ratings(_ text: String) throws -> Dataset {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "user,item,rating,time\n" + text)
    return try #require(try loaded(path).dataset)
  }

  @Test func `adds ratings of known and new users and items`() throws {
    let dataset = try Self.ratings("1,10,3,5\n2,10,4,6\n2,30,1,9\n")
    let more = dataset.adding([
      NewRating(user: "2", item: "10", value: 5), NewRating(user: "2", item: "20", value: 2, time: 3),
      NewRating(user: "3", item: "40", value: 1), NewRating(user: "3", item: "40", value: 2),
    ])
    #expect(triples(more) == ["1 10 3.0@5", "2 10 5.0@9", "2 20 2.0@3", "2 30 1.0@9", "3 40 2.0@9"])
    #expect(more.feedback == dataset.feedback)
    #expect(dataset.adding([]).interactions == dataset.interactions)
  }

  @Test func `adds a user whose id is no number, so that all become texts`() throws {
    let dataset = try Self.ratings("9,10,3,5\n10,10,4,6\n")
    let more = dataset.adding([NewRating(user: "me", item: "10", value: 5, time: 7)])
    #expect(triples(more) == ["10 10 4.0@6", "9 10 3.0@5", "me 10 5.0@7"])
    let part = dataset.remapped(to: more.entities)
    #expect(triples(part) == ["10 10 4.0@6", "9 10 3.0@5"])
    #expect(part.interactions.rowCount == 3)
  }

  @Test func `describes counts, spread and gaps`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "ratings.csv", "userId,movieId,rating,timestamp\n1,1,5,30\n1,2,3,10\n1,3,1,20\n1,4,5,40\n2,1,5,1\n3,1,2,2\n")
    try folder.write("movies.csv", "movieId,title,genres\n1,One,A|B\n2,Two,\n3,,A\n9,Nine,C\n")
    let description = try #require(try loaded(folder.path).dataset).description
    #expect((description.count, description.users, description.items) == (6, 3, 5))
    #expect(description.density == 6.0 / 12.0)
    // Counts of users 1, 1, 4 and of items 1, 1, 1, 3; quartiles as numpy.quantile gives them.
    #expect(description.activity.least == 1 && description.activity.most == 4 && description.activity.singles == 2)
    #expect(
      (description.activity.lowerQuartile, description.activity.median, description.activity.upperQuartile) == (
        1, 1, 2.5
      ))
    #expect(description.popularity.count == 4 && description.popularity.mean == 1.5)
    // Gini of 1, 1, 1, 3: Σᵢⱼ |xᵢ − xⱼ| / (2 n² mean) = 12 / (2 · 16 · 1.5) = 0.25.
    #expect(abs(description.popularity.gini - 0.25) < 1e-12)
    #expect(description.histogram.map(\.count) == [1, 1, 1, 3])
    #expect(description.meanValue == 3.5)
    #expect(description.times == 1...40)
    #expect(description.itemFields.map(\.name) == ["title", "genres"])
    #expect(description.itemFields.map(\.missing) == [2, 2])
    #expect(description.itemFields.map(\.labelCount) == [nil, 3])
  }

  @Test func `puts many different values into twenty bins`() {
    let bins = Dataset.histogram((0..<1000).map { Float($0) })
    #expect(bins.count == 20)
    #expect(bins.map(\.count).reduce(0, +) == 1000)
    #expect(bins.first?.low == 0 && bins.last?.high == 999)
    #expect(Dataset.histogram([]).isEmpty)
  }
}
