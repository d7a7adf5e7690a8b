import RecAlgebra
import RecKernels
import RecModels
import Testing

@testable import RecData

/// What a model's file holds beside the recommender, and what is refused.
@Suite struct SavedModelTests {
  @Test func `keeps times, scale, role, names and every field`() throws {
    let folder = try SavedFolder()
    let entries = [Entry(0, 1, 4), Entry(1, 0, -3), Entry(1, 2, 10)]
    var data = Dataset(
      entries, users: 2, items: 3, fields: Dataset.content(3) + [("year", .number([1995, .nan, 2001.5]))],
      scale: -10...10)
    data.times = [5, -7, 1 << 40]
    data.role = .train
    data.name = "a \"name\""
    data.entities.users = Vocabulary(["ä", "me"])
    data.entities.userFields = FieldTable([("job", .text(TextColumn(["", "pilot"])))], describedCount: 1)
    var model = try trainModel(named: "svd", as: "cf", on: data, training: .threads(1)).model
    model.chosenOn = data.part(.valid, keeping: [true, false, false])
    try folder.save(model)
    let loaded = try folder.loaded()
    #expect(loaded.training.entities == data.entities)
    #expect(loaded.training.interactions == data.interactions)
    #expect(loaded.training.times == data.times)
    #expect(loaded.training.feedback == data.feedback)
    #expect(loaded.training.role == .train)
    #expect(loaded.training.name == data.name)
    #expect(loaded.name == "cf")
    #expect(loaded.chosenOn?.interactions == model.chosenOn?.interactions)
    #expect(loaded.chosenOn?.role == .valid)
    #expect(loaded.training.fingerprint == data.fingerprint)
  }

  @Test func `stores what the parts of a blend share once, and what they do not each`() throws {
    let folder = try SavedFolder()
    let data = Dataset.chance(users: 20, items: 15)
    let other = Dataset.chance(users: 8, items: 19, seed: 2)
    func train(_ algorithm: String, on data: Dataset) throws -> Model {
      try trainModel(named: algorithm, on: data, training: .threads(1)).model
    }
    let shared = try [train("svd", on: data), train("tfidf", on: data), train("baseline", on: data)]
    let inner = try blendModel(named: "inner", parts: shared.map { ($0, 1) }, seed: 1)
    try folder.save(inner)
    func names(_ start: String) throws -> [String] {
      try TensorFile(reading: folder.path).entries.map(\.name).filter { $0.hasPrefix(start) }
    }
    #expect(try names("data.").allSatisfy { $0.hasPrefix("data.0.") })
    #expect(try names("entities.1") == [])
    #expect(try names("recommender.parts.0.recommender.scorer.itemFactors").count == 1)

    let mixed = try blendModel(named: "outer", parts: [(inner, 1), (train("popular", on: other), 2)], seed: 1)
    try folder.save(mixed)
    #expect(try !names("data.1.").isEmpty && names("data.2") == [])
    let loaded = try folder.loaded()
    #expect(loaded.parts[1].model.training.entities == other.entities)
    #expect(loaded.parts[0].model.parts.map(\.model.name) == ["svd", "tfidf", "baseline"])
    #expect(loaded.learnedFrom.count == mixed.learnedFrom.count)
    for user in ["0", "19", "nobody"] as [UserID] {
      #expect(loaded.recommender.bits(loaded.history(of: user)) == mixed.recommender.bits(mixed.history(of: user)))
    }
    // The parts can be trained again, as before.
    let again = try refit(loaded, on: data, execution: .init(threadCount: 1)).model
    let expected = try refit(mixed, on: data, execution: .init(threadCount: 1)).model
    #expect(again.recommender.bits(.unknown) == expected.recommender.bits(.unknown))
  }

  @Test func `keeps apart datasets that differ in their times alone`() throws {
    let folder = try SavedFolder()
    var data = Dataset([Entry(0, 0, 1), Entry(0, 1, 2)], users: 1, items: 2)
    let first = try trainModel(named: "popular", on: data, training: .threads(1)).model
    data.times = [1, 2]
    let second = try trainModel(named: "baseline", on: data, training: .threads(1)).model
    try folder.save(try blendModel(named: "both", parts: [(first, 1), (second, 1)], seed: 1))
    #expect(try folder.loaded().parts.map(\.model.training.times) == [[], [1, 2]])
  }

  /// Words of the contents, what stands there instead, and what the message says.
  @Test(arguments: [
    (
      #""$type":"Baseline""#, #""$type":"Clairvoyance""#,
      "is a model by 'Clairvoyance', which this program does not have"
    ),
    (#""algorithm":"baseline""#, #""algorithm":"clairvoyance""#, "is a model by 'clairvoyance'"),
    (#""algorithm":"baseline""#, #""algorithm":"svd""#, "is not one of its algorithm"),
    (#""algorithm":"baseline""#, #""algorithm":"blend""#, "is a model by 'blend'"),
    (#""training":0"#, #""training":1"#, "no such dataset"),
    (#""training":0"#, #""training":-1"#, "no such dataset"),
    (#""training":0"#, #""training":0,"chosenOn":7"#, "no such dataset"),
    (#""entities":0"#, #""entities":1"#, "no such entities"),
    (#""columnCount":3"#, #""columnCount":4"#, "do not fit the users and items"),
    (#""columnCount":3"#, #""columnCount":2"#, "do not make a sparse matrix"),
    (#""columnCount":3"#, #""columnCount":1e99"#, "a number (Int) was expected in 'data.0.interactions.columnCount'"),
    (#""damping":5.0"#, #""damping":"5.0x""#, "a number (Double) was expected in 'recommender.estimates.damping'"),
    (#""lowest":1.0"#, #""lowest":"nan""#, "a rating is no number"),
    (#""lowest":1.0"#, #""lowest":99"#, "a rating is no number"),
    (#""role":"train""#, #""role":"judge""#, "in 'data.0.role'"),
    (#""seed":42"#, #""seed":-1"#, "a number (UInt64) was expected in 'model.seed'"),
    (#""parts":[]"#, #""parts":{}"#, "an array was expected in 'model.parts'"),
    (#"{"$tensor":"recommender.estimates.itemBiases"}"#, "null", "a tensor was expected"),
    (
      #"{"$tensor":"recommender.estimates.itemBiases"}"#, #"{"$tensor":"recommender.estimates.itemCounts"}"#,
      "the tensor 'recommender.estimates.itemCounts' holds I32"
    ),
    (#"{"$tensor":"recommender.estimates.itemBiases"}"#, #"{"$tensor":"nowhere"}"#, "there is no tensor 'nowhere'"),
    (#"{"$tensor":"data.0.interactions.values"}"#, #"{"$tensor":"users"}"#, "there is no tensor 'users'"),
    (#""model":{"#, #""model":{{"#, "no JSON"),
  ])
  func `says what is wrong with the contents`(words: String, instead: String, reason: String) throws {
    let folder = try SavedFolder()
    let data = Dataset([Entry(0, 1, 4), Entry(1, 0, 3), Entry(1, 2, 5)], users: 2, items: 3)
      .part(.train, keeping: [true, true, true])
    try folder.save(try trainModel(named: "baseline", on: data, training: .threads(1)).model)
    let file = try TensorFile(reading: folder.path)
    let tensors = try file.entries.map { entry in
      TensorFile.NamedTensor(name: entry.name, tensor: try #require(file.value(Tensor.self, of: entry)))
    }
    let facts = file.facts.map { fact in
      TensorFile.Fact(fact.name, fact.name == "contents" ? fact.text.replacing(words, with: instead) : fact.text)
    }
    #expect(facts != file.facts, "the contents have \(words)")
    try folder.write(tensors, facts: facts)
    let error = #expect(throws: DataError.self) { try folder.loaded() }
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
  }
}
