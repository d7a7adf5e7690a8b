import RecAlgebra

/// Invented titles and descriptions.
struct ItemTexts: Sendable {
  private let seed: UInt64
  /// For each item, how many items before it have the same main genre.
  private let places: [Int]

  init(seed: UInt64, genres: [ItemGenres]) {
    self.seed = seed
    var counts = [Int](repeating: 0, count: Genre.all.count)
    places = genres.map { genres in
      defer { counts[genres.all[0]] += 1 }
      return counts[genres.all[0]]
    }
  }

  private static let adjectives = [
    "Silent", "Broken", "Golden", "Last", "Crimson", "Hidden", "Endless", "Bitter", "Distant", "Hollow", "Burning",
    "Frozen", "Paper", "Velvet", "Iron", "Secret", "Wandering", "Midnight", "Forgotten", "Glass", "Lucky", "Northern",
    "Painted", "Quiet", "Reckless", "Scarlet", "Second", "Silver", "Stolen", "Sunken", "Tangled", "Thirteenth",
    "Twisted", "Unlikely", "Wild", "Yellow", "Borrowed", "Crooked", "Electric", "Final", "Gentle", "Invisible",
  ]
  private static let places = [
    "Lisbon", "Winter", "the North", "Marseille", "Tomorrow", "the Valley", "Havana", "October", "the Old Town",
    "Trieste", "the Coast", "Monday", "Prague", "the Lighthouse", "Autumn", "Bombay", "the Lake", "Dublin", "Midnight",
    "Kyoto", "the Border", "Glasgow", "the Hills", "Vienna",
  ]

  /// How many titles a genre has before they are numbered.
  static let titlesOfGenre = 10 * (2 * adjectives.count + places.count) + 10 * adjectives.count * places.count

  /// A title of its own with a year, such as "The Silent Harbor (1994)".
  func title(_ item: Int, _ genres: ItemGenres) -> String {
    let main = genres.all[0]
    let count = Self.titlesOfGenre
    let (round, place) = places[item].quotientAndRemainder(dividingBy: count)
    // A step without common factor visits each title once; it and the start depend on the seed.
    let bits = CounterRandom.four(seed: seed, purpose: .title, UInt64(main))
    var step = Int(bits.x % UInt64(count - 1)) + 1
    while Self.greatestCommonDivisor(step, count) != 1 { step = step % (count - 1) + 1 }
    let (product, start) = (place.multipliedFullWidth(by: step), Int(bits.y % UInt64(count)))
    let code = (count.dividingFullWidth(product).remainder + start) % count
    let number = round == 0 ? "" : " \(round + 1)"
    return "\(Self.name(code, Genre.all[main].nouns))\(number) (\(year(item)))"
  }

  private static func name(_ code: Int, _ nouns: [String]) -> String {
    var code = code
    let noun = nouns[code % nouns.count]
    code /= nouns.count
    if code < adjectives.count { return "The \(adjectives[code]) \(noun)" }
    code -= adjectives.count
    if code < adjectives.count { return "\(adjectives[code]) \(noun)" }
    code -= adjectives.count
    if code < places.count { return "The \(noun) of \(places[code])" }
    code -= places.count
    return "The \(adjectives[code % adjectives.count]) \(noun) of \(places[code / adjectives.count])"
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }

  /// From 1930 to 2014, before anybody rates; most are recent.
  func year(_ item: Int) -> Int {
    let uniform = CounterRandom.uniform(seed: seed, purpose: .title, UInt64(item), 1)
    return 2014 - Int(85 * uniform * uniform)
  }

  /// A paragraph that tells the genres and what happens, in the words of each genre.
  func description(_ item: Int, _ genres: ItemGenres) -> String {
    let main = Genre.all[genres.all[0]]
    let second = Genre.all[genres.all[genres.all.count > 1 ? 1 : 0]]
    var draw: UInt64 = 0
    func pick(_ words: [String]) -> String {
      draw += 1
      return words[Int(CounterRandom.random(seed: seed, purpose: .words, UInt64(item), draw) % UInt64(words.count))]
    }
    let labels = genres.all.map { Genre.all[$0].name.lowercased() }
    let kind =
      labels.count == 1 ? labels[0] : labels.dropLast().joined(separator: ", ") + " and " + labels[labels.count - 1]
    let mood = pick(main.moods)
    let article = "aeiou".contains(mood.first ?? "x") ? "An" : "A"
    let hero = pick(main.heroes)
    var sentences = [
      "\(article) \(mood) \(kind) film set in \(pick(Self.places)).",
      "\(hero.prefix(1).uppercased())\(hero.dropFirst()) \(pick(main.plots)).",
    ]
    for genre in genres.all.dropFirst() {
      sentences.append(
        "\(pick(["Meanwhile", "Soon", "Before long", "At last"])), \(pick(Genre.all[genre].heroes)) \(pick(Genre.all[genre].plots))."
      )
    }
    let theme = "\(pick(main.nouns).lowercased()) and \(pick(second.nouns).lowercased())"
    sentences.append(
      pick([
        "A \(pick(second.moods)) tale of \(theme).", "What remains is a \(pick(main.moods)) story about \(theme).",
        "Between \(theme), nothing is as it seemed.",
      ]))
    return sentences.joined(separator: " ")
  }
}
