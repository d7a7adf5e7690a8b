import FoundationEssentials
import RecAlgebra
import RecModels
import Testing

@testable import RecData

/// What was saved and loaded is what it was, for every algorithm; what was tampered with is refused or does no harm.
@Suite struct SavingTests {
  @Test(arguments: Subject.all)
  func `gives the same answers, bit for bit, after saving and loading`(subject: Subject) throws {
    let folder = try SavedFolder()
    let data = Dataset.chance(users: 30, items: 25)
    var model = try subject.train(data, .threads(2)).model
    model.fold([("3", 5), ("24", 1.5)], of: "me")
    model.fold([("0", 2)], of: "7")
    try folder.save(model)
    let loaded = try folder.loaded()

    #expect((loaded.name, loaded.algorithm, loaded.seed) == (model.name, model.algorithm, model.seed))
    #expect(loaded.options == model.options)
    #expect(type(of: loaded.recommender) == type(of: model.recommender))
    #expect(loaded.recommender.facts == model.recommender.facts)
    #expect(loaded.recommender.singularValues == model.recommender.singularValues)
    #expect(loaded.parts.map(\.weight) == model.parts.map(\.weight))
    #expect(loaded.parts.map(\.model.name) == model.parts.map(\.model.name))
    #expect(loaded.additions == model.additions)
    #expect(loaded.curve == model.curve)
    for (mine, its) in zip(model.learnedFrom, loaded.learnedFrom) { #expect(its.isEqual(to: mine)) }

    let ids = (0..<30).map { UserID(String($0)) } + ["me", "nobody"]
    for user in ids {
      let (mine, its) = (model.history(of: user), loaded.history(of: user))
      #expect(mine == its)
      #expect(loaded.recommender.bits(its) == model.recommender.bits(mine))
      let items = (0..<25).map { Int32($0) }
      #expect(
        loaded.recommender.predict(its, items: items).map(\.bitPattern)
          == model.recommender.predict(mine, items: items).map(\.bitPattern))
      #expect(
        loaded.recommender.explain(its, item: ItemIndex(11)) == model.recommender.explain(mine, item: ItemIndex(11)))
    }
    for item in [0, 24] {
      let mine = model.recommender.similarities(to: ItemIndex(item))?.map(\.bitPattern)
      #expect(loaded.recommender.similarities(to: ItemIndex(item))?.map(\.bitPattern) == mine)
    }
  }

  @Test(arguments: Subject.all)
  func `writes the same bytes again`(subject: Subject) throws {
    let folder = try SavedFolder()
    let data = Dataset.chance(users: 12, items: 15)
    try folder.save(try subject.train(data, .threads(1)).model)
    let first = try folder.bytes()
    try folder.save(try folder.loaded())
    #expect(try folder.bytes() == first)
  }

  /// A digest is no seal: somebody may change the numbers and put the digest right. What is then loaded may answer
  /// anything, but it answers.
  @Test(arguments: Subject.defaults + [Subject.all.last].compactMap { $0 })
  func `is not brought down by numbers that do not fit together`(subject: Subject) throws {
    let folder = try SavedFolder()
    let data = Dataset.chance(users: 9, items: 7)
    try folder.save(try subject.train(data, .threads(1)).model)
    let file = try TensorFile(reading: folder.path)
    // Of the many like tensors of a model that is averaged over samples, some.
    for place in stride(from: 0, to: file.entries.count, by: max(1, file.entries.count / 20)) {
      let entry = file.entries[place]
      let tensor = try #require(file.value(Tensor.self, of: entry))
      for changed in tensor.spoiled {
        try folder.write(file, changed, at: place)
        // Refused, and said so; or it is as good as any other.
        do {
          answer(try folder.loaded())
        } catch let error as DataError {
          #expect(error.message.contains("damaged"), "\(entry.name)")
        }
      }
    }
  }

  @Test func `refuses a number of neighbours below one`() throws {
    let folder = try SavedFolder()
    let algorithm = Algorithm.knn
    let trained = try trainModel(named: algorithm.name, on: Dataset.chance(users: 9, items: 7), training: .threads(1))
    try folder.save(trained.model)
    let file = try TensorFile(reading: folder.path)
    let tensors = file.entries.compactMap { entry in
      file.value(Tensor.self, of: entry).map { TensorFile.NamedTensor(name: entry.name, tensor: $0) }
    }
    let facts = file.facts.map { fact in
      TensorFile.Fact(fact.name, fact.text.replacing("\"neighbors\":40", with: "\"neighbors\":-40"))
    }
    #expect(facts != file.facts)
    try folder.write(tensors, facts: facts)
    #expect(throws: DataError.self) { try folder.loaded() }
  }

  /// The same with each number of a model's description: counts below zero or without end.
  @Test(
    arguments: Subject.defaults + Subject.prepared + Subject.all.filter { $0.testDescription.hasPrefix("knn by=user") }
      + [Subject.all.last].compactMap { $0 })
  func `is not brought down by settings that nobody would choose`(subject: Subject) throws {
    let folder = try SavedFolder()
    let data = Dataset.chance(users: 9, items: 7)
    try folder.save(try subject.train(data, .threads(1)).model)
    let file = try TensorFile(reading: folder.path)
    let tensors = file.entries.compactMap { entry in
      file.value(Tensor.self, of: entry).map { TensorFile.NamedTensor(name: entry.name, tensor: $0) }
    }
    let contents = try JSONValue(parsing: Array(try #require(file[fact: "contents"]).utf8))
    let recommender = try #require(contents["recommender"])
    let count = recommender.numberCount
    for place in stride(from: 0, to: count, by: max(1, count / 25)) {
      for number in ["-1", "0", "9223372036854775807", "-9223372036854775808", "1e300", "-1e300"] {
        var next = place
        let changed = contents.replacing("recommender", with: recommender.replacing(number: &next, with: number))
        let facts = file.facts.map { $0.name == "contents" ? TensorFile.Fact($0.name, changed.text) : $0 }
        try folder.write(tensors, facts: facts)
        do {
          answer(try folder.loaded())
        } catch let error as DataError {
          #expect(error.message.contains("damaged"))
        }
      }
    }
  }

  private func answer(_ model: Model) {
    let everything = History(
      user: nil, items: (0..<7).map { Int32($0) }, values: (0..<7).map { Float($0 % 5) })
    let known = model.entities.users.indices.map { model.training.history(of: UserIndex($0)) }
    for history in [.unknown, everything] + known {
      _ = model.recommender.scores(history)
      _ = model.recommender.predict(history, items: [0, 6])
      for item in 0..<7 { _ = model.recommender.explain(history, item: ItemIndex(item)) }
    }
    for item in 0..<7 { _ = model.recommender.similarities(to: ItemIndex(item)) }
    _ = (model.recommender.facts, model.recommender.singularValues)
  }
}

extension Tensor {
  /// The tensor with a number less, with a number more, and with numbers that nobody expects.
  fileprivate var spoiled: [Tensor] {
    let rest = shape.dropFirst().reduce(1, *)
    func resized(_ first: Int) -> [Int] { [first] + shape.dropFirst() }
    func variants<Number>(_ numbers: [Number], _ extremes: [Number], _ make: ([Number]) -> Values) -> [Tensor] {
      let more = numbers + [Number](repeating: extremes[0], count: rest)
      return (shape[0] > 0 ? [Tensor(shape: resized(shape[0] - 1), make(Array(numbers.dropLast(rest))))] : [])
        + [Tensor(shape: resized(shape[0] + 1), make(more))]
        + extremes.map { Tensor(shape: shape, make([Number](repeating: $0, count: numbers.count))) }
        + extremes.map { Tensor(shape: shape, make(Array((numbers.dropLast() + [$0]).prefix(numbers.count)))) }
    }
    switch values {
    case .floats(let numbers): return variants(numbers, [.nan, .infinity, -.greatestFiniteMagnitude], Values.floats)
    case .doubles(let numbers): return variants(numbers, [.nan, -.infinity, .greatestFiniteMagnitude], Values.doubles)
    case .int32s(let numbers): return variants(numbers, [.max, .min, -1, 8], Values.int32s)
    case .int64s(let numbers): return variants(numbers, [.max, .min, -1, 8], Values.int64s)
    case .ints(let numbers): return variants(numbers, [.max, .min, -1, 8], Values.ints)
    case .bytes(let numbers): return variants(numbers, [0, 255], Values.bytes)
    case .flags(let flags): return variants(flags, [true, false], Values.flags)
    }
  }
}

extension JSONValue {
  /// How many numbers it holds.
  fileprivate var numberCount: Int {
    switch self {
    case .number: 1
    case .array(let elements): elements.reduce(0) { $0 + $1.numberCount }
    case .object(let members): members.reduce(0) { $0 + $1.value.numberCount }
    case .null, .flag, .string: 0
    }
  }

  /// With one number changed, the one that `place` others stand before.
  fileprivate func replacing(number place: inout Int, with text: String) -> JSONValue {
    switch self {
    case .number(let own):
      defer { place -= 1 }
      return place == 0 ? .number(text) : .number(own)
    case .array(let elements): return .array(elements.map { $0.replacing(number: &place, with: text) })
    case .object(let members):
      return .object(members.map { Member($0.key, $0.value.replacing(number: &place, with: text)) })
    case .null, .flag, .string: return self
    }
  }

  /// With another value for a key.
  fileprivate func replacing(_ key: String, with value: JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.map { $0.key == key ? Member(key, value) : $0 })
  }
}

extension Dataset {
  fileprivate func isEqual(to other: Dataset) -> Bool {
    name == other.name && entities == other.entities && interactions == other.interactions && times == other.times
      && feedback == other.feedback && role == other.role
  }
}
