package import RecAlgebra
package import RecKernels

/// Vectors of words from a file, of those words that are wanted.
///
/// Read are the text of GloVe (`word 0.1 0.2 …` a line), that of word2vec (a first line with the number of words and of
/// dimensions), and word2vec's binary form (that line, then each word, a space and its numbers as 32-bit floats). Which it
/// is, the content says. Only wanted words are held, so that memory goes by them and not by the file, unless that has to be
/// unpacked (gzip).
package struct WordVectors: Sendable {
  package enum Format: String, Sendable {
    case glove = "GloVe text", text = "word2vec text", binary = "word2vec binary"
  }

  package let format: Format
  /// A row for each wanted word, zero where the file does not have it; words × dimensions.
  package let vectors: DenseMatrix
  /// Whether the file has each wanted word.
  package let isFound: [Bool]
  /// How many words the file has.
  package let fileCount: Int

  /// The most dimensions that are believed.
  static let dimensionLimit = 10_000

  /// Reads the vectors of some words.
  ///
  /// A word of the file that is written as wanted counts before one that differs in case, of several the first.
  ///
  /// - Parameters:
  ///   - wordCount: how many words are wanted.
  ///   - index: the number of a wanted word, below `wordCount`, by its UTF-8 bytes; nil for others. Wanted words are in
  ///     lower case.
  /// - Throws: `DataError` where the file cannot be read or holds no vectors; `Cancelled`.
  package init(
    contentsOf path: String, wordCount: Int, execution: Execution, index: (Span<UInt8>) -> Int32?
  ) throws {
    var file: FileBytes
    do { file = try FileBytes(contentsOf: path) } catch { throw TextSource.error(error, path) }
    if file.isGzip { file = try file.unpacked(name: path, execution) }
    if file.count == 0 { throw DataError.empty(path: path) }
    var reader = WordVectorReader(path: path, file: file, wordCount: wordCount)
    try reader.readHeader()
    try reader.read(execution, index)
    format = reader.format
    vectors = reader.vectors
    isFound = reader.matches.map { $0 > 0 }
    fileCount = reader.fileCount
  }
}
