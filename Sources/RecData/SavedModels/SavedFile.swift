internal import RecAlgebra
package import RecKernels

/// A value in a file of tensors that any program for *safetensors* opens, with a text for people and one for us.
package enum SavedFile {
  /// The format of what the program writes; a file of a later one is refused.
  package static let version = 1

  private static let versionKey = "recline format"
  private static let contentsKey = "contents"

  /// Writes a value; the file is there in full afterwards, or as it was before.
  ///
  /// - Parameter facts: what people should read of it, by name.
  /// - Throws: `DataError.notWritable`, `DataError.isFolder`, `Cancelled`, and what the value throws.
  package static func write(
    _ value: some Encodable, facts: [(name: String, text: String)], to path: String, execution: Execution
  ) throws {
    let encoded = try TensorEncoder(value)
    let facts =
      [TensorFile.Fact(versionKey, String(version))] + facts.map { TensorFile.Fact($0.name, $0.text) }
      + [TensorFile.Fact(contentsKey, encoded.json.text)]
    try TensorFile.write(encoded.tensors, facts: facts, to: path, execution: execution)
  }

  /// Reads a value that was written.
  ///
  /// - Parameter make: makes of it what is wanted; a `DecodingError` that it throws is told like any other.
  /// - Throws: `DataError` where there is no such file, or it is damaged or something else; `Cancelled`.
  package static func read<Value: Decodable, Result>(
    _ type: Value.Type, from path: String, execution: Execution, as make: (Value) throws -> Result
  ) throws -> Result {
    try read(type, from: path, execution: execution) { value, _ in try make(value) }
  }

  /// The same with what people may read of it: the text of each fact by its name, nil where there is none.
  package static func read<Value: Decodable, Result>(
    _ type: Value.Type, from path: String, execution: Execution,
    as make: (_ value: Value, _ fact: (String) -> String?) throws -> Result
  ) throws -> Result {
    let file = try TensorFile(reading: path)
    guard let written = file[fact: versionKey], let contents = file[fact: contentsKey] else {
      throw DataError.notTensors(path: path, reason: "its tensors were written by another program")
    }
    guard written == String(version) else {
      throw DataError.newerFormat(path: path, version: written, known: version)
    }
    try file.checkDigest(execution)
    do {
      return try make(try Value(from: TensorDecoder(try JSONValue(parsing: Array(contents.utf8)), file))) {
        file[fact: $0]
      }
    } catch let error as DecodingError {
      throw DataError.damaged(path: path, reason: error.reason)
    } catch is JSONError {
      throw DataError.damaged(path: path, reason: "its contents are no JSON")
    }
  }
}

extension DecodingError {
  /// What did not fit and where, as the end of a sentence.
  fileprivate var reason: String {
    let (context, key): (Context, (any CodingKey)?) =
      switch self {
      case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context): (context, nil)
      case .keyNotFound(let key, let context): (context, key)
      @unknown default: (Context(codingPath: [], debugDescription: "it cannot be read"), nil)
      }
    let place = (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
    return place.isEmpty ? context.debugDescription : "\(context.debugDescription) in '\(place)'"
  }
}
