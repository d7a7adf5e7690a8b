import RecAlgebra
import RecKernels
import Testing

@testable import RecData

struct GenerationTests {
  private static let options = GenerationOptions(users: 300, items: 500, ratings: 15_000, seed: 7)

  private static func made(_ options: GenerationOptions = options, threads: Int = 2) throws -> Dataset {
    try generate(options, execution: Execution(threadCount: threads))
  }

  @Test func `gives the same data for any number of threads`() throws {
    let one = try Self.made(threads: 1)
    for threads in [2, 7] {
      let other = try Self.made(threads: threads)
      #expect(other.interactions == one.interactions)
      #expect(other.times == one.times)
      #expect(other.entities == one.entities)
    }
  }

  @Test func `gives other data for another seed`() throws {
    var options = Self.options
    options.seed = 8
    #expect(try Self.made(options).interactions != Self.made().interactions)
  }

  @Test(arguments: [
    (users: 1, items: 2, ratings: 1), (users: 3, items: 4, ratings: 6), (users: 50, items: 10, ratings: 250),
    (users: 200, items: 100, ratings: 150), (users: 20, items: 1000, ratings: 9_999),
    (users: 1000, items: 40, ratings: 20_000),
  ])
  func `makes exactly as many different pairs as were asked for`(users: Int, items: Int, ratings: Int) throws {
    let dataset = try Self.made(GenerationOptions(users: users, items: items, ratings: ratings, seed: 3))
    // `SparseRows` checks here that items ascend strictly within a user, so that no pair occurs twice.
    let rows = dataset.interactions
    let checked = SparseRows(
      rowCount: users, columnCount: items, offsets: rows.offsets, columns: rows.columns, values: rows.values)
    #expect(checked.entryCount == ratings)
    #expect(dataset.interactions.values.allSatisfy { [1, 2, 3, 4, 5].contains($0) })
  }

  @Test(arguments: [
    GenerationOptions(users: 10, items: 10, ratings: 51, seed: 1),
    GenerationOptions(users: 0, items: 10, ratings: 5, seed: 1),
    GenerationOptions(users: 10, items: -1, ratings: 5, seed: 1),
    GenerationOptions(users: 10, items: 10, ratings: 0, seed: 1),
    GenerationOptions(users: .max, items: .max, ratings: .max, seed: 1),
  ])
  func `refuses sizes that cannot be`(options: GenerationOptions) {
    #expect(throws: DataError.self) { try Self.made(options) }
  }

  @Test func `has the shape of real ratings`() throws {
    let dataset = try Self.made(GenerationOptions())
    let description = dataset.description
    // MovieLens 100k: 943 users with 20 to 737 ratings, median 65; mean rating 3.53; the upper tenth of items has
    // 45 % of the ratings; every rating between 1997 and 1998.
    #expect(dataset.count == 100_000)
    #expect((10...25).contains(description.activity.least))
    #expect((40...90).contains(description.activity.median))
    #expect((400...800).contains(description.activity.most))
    #expect((3.3...3.8).contains(description.meanValue))
    #expect((0.9...1.25).contains(description.standardDeviation))
    var popularity = [Int](repeating: 0, count: 1682)
    for column in dataset.interactions.columns { popularity[Int(column)] += 1 }
    let top = popularity.sorted(by: >).prefix(168).reduce(0, +)
    #expect((30_000...60_000).contains(top))
    #expect(description.histogram.map(\.low) == [1, 2, 3, 4, 5])
    let times = try #require(description.times)
    #expect(times.lowerBound >= 1_420_070_400 && times.upperBound < 1_735_689_600)
  }

  @Test func `invents titles of their own, with a year, and descriptions in the words of the genres`() throws {
    let entities = try Self.made().entities
    let titles = (0..<500).map { entities.title(of: ItemIndex($0)) }
    #expect(Set(titles).count == 500)
    for item in 0..<500 {
      let genres = entities.itemFields.text("genres", at: item).split(separator: " ").map { $0.lowercased() }
      let description = entities.itemFields.text("description", at: item).lowercased()
      #expect((1...3).contains(genres.count))
      for genre in genres { #expect(description.contains(genre)) }
      #expect((1930...2014).contains(entities.itemFields.yearInTitle(at: item)))
    }
  }

  @Test func `has a title of its own for each of very many items`() {
    let seed: UInt64 = 5
    let genres = (0..<400_000).map { ItemGenres(seed: seed, item: $0) }
    let texts = ItemTexts(seed: seed, genres: genres)
    var names: Set<String> = []
    // Without the year, which could make two of the same name differ.
    for item in genres.indices { names.insert(String(texts.title(item, genres[item]).dropLast(7))) }
    #expect(names.count == genres.count)
  }

  @Test func `rates by tastes that can be told again`() throws {
    let world = try GeneratedWorld(Self.options, execution: Execution(threadCount: 2))
    let dataset = try world.dataset(execution: Execution(threadCount: 2))
    var squares = 0.0
    for user in 0..<300 {
      for entry in dataset.interactions.row(user) {
        let item = Int(dataset.interactions.columns[entry])
        let rating = dataset.interactions.values[entry]
        #expect(world.rating(user: user, item: item) == rating)
        let wanted = min(5, max(1, world.preference(user: user, item: item)))
        squares += (Double(rating) - wanted) * (Double(rating) - wanted)
      }
    }
    // Noise of 0.45 and rounding of √(1/12): together 0.53 at most, less where the ends of the scale cut it.
    #expect((squares / Double(dataset.count)).squareRoot() < 0.55)
  }

  @Test func `can be stopped`() {
    let cancellation = Cancellation()
    cancellation.cancel()
    let execution = Execution(workers: Workers(threadCount: 2), cancellation: cancellation)
    #expect(throws: Cancelled.self) { try generate(Self.options, execution: execution) }
  }

  @Test func `writes files that load gives back`() throws {
    let folder = try TemporaryFolder()
    let execution = Execution(threadCount: 2)
    let world = try GeneratedWorld(Self.options, execution: execution)
    try world.writeFiles(folder: folder.path, execution: execution)
    let loaded = try #require(try load(folder.path, execution: execution).dataset)
    let made = try world.dataset(execution: execution)
    #expect(loaded.interactions == made.interactions)
    #expect(loaded.times == made.times)
    #expect(loaded.entities.itemFields["title"] == made.entities.itemFields["title"])
    #expect(loaded.entities.itemFields["genres"] == made.entities.itemFields["genres"])
    #expect(loaded.entities.itemFields["description"] == made.entities.itemFields["description"])
  }

  @Test func `draws in proportion to the weights`() {
    let table = AliasTable([1, 2, 3, 4])
    var counts = [0, 0, 0, 0]
    for draw in 0..<100_000 {
      counts[table.draw(CounterRandom.random(seed: 1, purpose: .choice, UInt64(draw)))] += 1
    }
    // Five standard deviations of a binomial draw are at most 5·√(100000·0.4·0.6) = 775.
    for (count, expected) in zip(counts, [10_000, 20_000, 30_000, 40_000]) { #expect(abs(count - expected) < 775) }
  }

  @Test func `is the guide's matrix and documents`() {
    #expect(
      triples(GuideData.ratings) == [
        "1 1 5.0", "1 2 3.0", "1 4 1.0", "2 1 4.0", "2 4 1.0", "3 1 1.0", "3 2 1.0", "3 4 5.0", "4 4 4.0",
      ])
    #expect(GuideData.documents.entities.items.count == 3)
    #expect(GuideData.documents.entities.itemFields.text("text", at: 1) == "I love romantic movies")
  }
}
