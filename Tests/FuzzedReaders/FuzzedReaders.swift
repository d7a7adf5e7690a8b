import RecAlgebra
import RecData
import RecKernels
import RecModels

/// What reads files, as a fuzzer calls it: any bytes give data or an error with a sentence, and nothing else.
package enum FuzzedReader: UInt8, CaseIterable, Sendable {
  /// What the content tells; then the same with lines that may be skipped.
  case anything, skipping
  case items, tags, matrix, sequences, adjacency, events, latin1
  /// A saved model.
  case model

  /// Reads some bytes; a trap, or an error that is none of ours, is what a fuzzer looks for.
  ///
  /// - Parameters:
  ///   - input: the first byte chooses the reader, the others are the file.
  ///   - path: where the file may be written.
  package static func run(_ input: some Collection<UInt8>, scratch path: String) throws {
    guard let first = input.first, let reader = FuzzedReader(rawValue: first % UInt8(allCases.count)) else { return }
    var file = try AtomicFile(replacing: path)
    try file.write(input.dropFirst())
    try file.finish()
    do {
      try reader.read(path)
    } catch let error as DataError {
      precondition(!error.message.isEmpty && error.message.utf8.count < 4096, "an error is a sentence")
      precondition((error.position?.line ?? 1) > 0 && (error.position?.column ?? 1) > 0, "a place is in the file")
    }
  }

  private func read(_ path: String) throws {
    let execution = Execution(threadCount: 1)
    var options = LoadOptions()
    switch self {
    case .anything: break
    case .skipping: options.skipsMalformedLines = true
    case .items:
      options.kind = .items
      options.categories = ["genres"]
      options.separator = "|"
    case .tags: options.kind = .tags
    case .matrix: (options.form, options.missing) = (.matrix, 99)
    case .sequences: (options.form, options.skipsMalformedLines) = (.sequences, true)
    case .adjacency: options.form = .adjacency
    case .events: (options.combine, options.session, options.halflife) = (.sum, .gap(60), 1000)
    case .latin1: options.encoding = .latin1
    case .model:
      _ = try Model.loaded(from: path, execution: execution)
      return
    }
    let loaded = try load(path, options: options, execution: execution)
    // The report is for people, and the rows are in order.
    precondition(loaded.report.skipped.allSatisfy { $0.at.line > 0 }, "a place is in the file")
    if let data = loaded.dataset {
      precondition(data.interactions.offsets.last == data.count, "rows hold all entries")
    }
  }

  /// A file for each reader and format to begin with.
  ///
  /// - Parameter path: where files may be written.
  package static func seeds(scratch path: String) throws -> [[UInt8]] {
    var seeds: [[UInt8]] = []
    func add(_ reader: FuzzedReader, _ text: String) { seeds.append([reader.rawValue] + Array(text.utf8)) }
    let table =
      "userId,movieId,rating,timestamp\n1,10,4.5,100\n2,\"x, \"\"y\"\"\",3,2020-01-31T10:00Z\r\nann,10,-1e1,200\n"
    for reader in [anything, skipping, events, latin1] { add(reader, table) }
    add(.anything, "1::10::5::978300760\n2::11::3::978300761\n")
    add(
      .anything,
      "{\"user\":1,\"item\":\"a\\n\\u00e9\",\"rating\":4.5,\"tags\":[\"x\",2]}\n\n{\"item\":2,\"user\":\"b\",\"rating\":3}\n"
    )
    add(
      .skipping,
      "{\"user\":1,\"item\":{\"id\":3},\"rating\":4}\n{\"user\":1 \"item\"}\n{\"user\":1,\"item\":2,\"rating\":3}\n")
    add(.items, "item,title,genres\n1,\"One (1990)\",A|B\n2,Zwei,\n")
    add(.tags, "userId,movieId,tag,timestamp\n1,10,funny,5\n2,11,\"dark, slow\",6\n")
    add(.matrix, "2,-3.5,99,99,4.25,99\n1,99,99,0,99,99\n3,1,2,99,99,-9.99\n")
    add(.matrix, "user,a,b\nann,1,\nbob,,2\n")
    add(.sequences, "u1 a b c a\nu2 b\nu3 c c d e f\n")
    add(.adjacency, "0 0 1 2\n1 4\n2 1 5\n")
    add(.events, "visitorid,itemid,quantity,time\n1,a,3,1577836800000\n1,a,-1,1577836801000\n2,b,2,1577836802000\n")
    let utf16 = "user,item,rating\n1,é,3\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    seeds.append([anything.rawValue, 0xFF, 0xFE] + utf16)
    let execution = Execution(threadCount: 1)
    let training = Training(seed: 1, execution: execution)
    try trainModel(named: "svd", on: GuideData.ratings, training: training).model
      .save(to: path, program: "fuzzer", execution: execution)
    let model = try FileBytes(contentsOf: path)
    seeds.append([self.model.rawValue] + model[0..<model.count])
    let database = path + ".db"
    try TableFormat.sqlite.write(DatasetRows(GuideData.ratings), to: database, execution: execution)
    let shop = try FileBytes(contentsOf: database)
    seeds.append([anything.rawValue] + shop[0..<shop.count])
    // Packed by Python: gzip.compress(b"user,item,rating\n1,2,3\n1,3,4\n", mtime=0).
    seeds.append([anything.rawValue] + packed)
    return seeds
  }

  private static let packed: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 43, 45, 78, 45, 210, 201, 44, 73, 205, 213, 41, 74, 44, 201, 204, 75, 231, 50, 212,
    49, 210, 49, 6, 146, 198, 58, 38, 92, 0, 112, 154, 25, 51, 29, 0, 0, 0,
  ]
}
