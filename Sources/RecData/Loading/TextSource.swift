import RecKernels

/// A text file, opened and decoded to UTF-8, or a text that was made from a file of another kind.
struct TextSource: Sendable {
  let path: String
  let file: FileBytes
  /// Behind a byte order mark.
  let start: Int
  /// Nil where the text is the file's own.
  let origin: (any TextOrigin)?

  /// A text that was made from a file of another kind.
  init(converted: FileBytes, path: String, origin: (any TextOrigin)?) {
    file = converted
    self.path = path
    self.origin = origin
    start = 0
  }

  /// - Parameters:
  ///   - raw: the file's bytes, unpacked.
  ///   - encoding: as the user said it, or nil.
  ///   - fallsBackToLatin1: whether bytes that are not UTF-8 are ISO-8859-1, as in the older MovieLens files.
  init(
    path: String, raw: FileBytes, encoding: TextEncoding?, fallsBackToLatin1: Bool = false
  ) throws(DataError) {
    self.path = path
    origin = nil
    let head = raw[0..<min(raw.count, 16)]
    if raw.count == 0 { throw .empty(path: path) }
    if let (kind, remedy) = Self.binaryKind(head, path) { throw .notText(path: path, kind: kind, remedy: remedy) }
    let marked: TextEncoding? =
      head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) ? .utf16 : encoding
    switch marked {
    case .utf16: file = FileBytes(Self.utf8(fromUTF16: raw[0..<raw.count]))
    case .latin1, .windows1252: file = FileBytes(Self.utf8(raw[0..<raw.count], marked == .windows1252))
    case .utf8, nil:
      if marked == nil, fallsBackToLatin1, TextScan.invalidUTF8(raw.bytes) != nil {
        file = FileBytes(Self.utf8(raw[0..<raw.count], false))
      } else if TextScan.find(0x0A, in: raw.bytes, from: 0) == raw.count,
        TextScan.find(0x0D, in: raw.bytes, from: 0) < raw.count
      {
        // Lines that end in a carriage return alone.
        file = FileBytes(raw[0..<raw.count].map { $0 == 0x0D ? 0x0A : $0 })
      } else {
        file = raw
      }
    }
    start = file[0..<min(file.count, 3)] == [0xEF, 0xBB, 0xBF] ? 3 : 0
    var place = start
    while place < file.count, [0x0A, 0x0D, 0x20, 0x09].contains(file.bytes[place]) { place += 1 }
    if place == file.count { throw .empty(path: path) }
  }

  static func error(_ failure: FileFailure, _ path: String) -> DataError {
    switch failure {
    case .notFound: .missing(path: path, nearest: nearestPaths(to: path))
    case .isDirectory: .isFolder(path: path)
    case .permissionDenied: .unreadable(path: path, reason: "permission denied")
    case .noSpace: .unreadable(path: path, reason: "no space")
    case .closedPipe: .unreadable(path: path, reason: "closed pipe")
    case .other(let reason): .unreadable(path: path, reason: reason)
    }
  }

  private static func binaryKind(_ head: [UInt8], _ path: String) -> (kind: String, remedy: String?)? {
    let quoted = "'\(path)'"
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return ("a zip archive", "unpack it first: unzip \(quoted)") }
    if head.starts(with: Array("BZh".utf8)) { return ("bzip2", "unpack it first: bunzip2 -k \(quoted)") }
    if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return ("zstd", "unpack it first: unzstd \(quoted)") }
    if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A]) { return ("xz", "unpack it first: unxz -k \(quoted)") }
    if head.starts(with: Array("PAR1".utf8)) { return ("Parquet", "save it as CSV first") }
    return nil
  }

  private static func utf8(_ bytes: [UInt8], _ isWindows: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 16)
    for byte in bytes {
      if byte < 0x80 {
        result.append(byte)
      } else {
        let code = isWindows && byte < 0xA0 ? windows1252[Int(byte - 0x80)] : UInt16(byte)
        if let scalar = Unicode.Scalar(code) {
          result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
      }
    }
    return result
  }

  private static func utf8(fromUTF16 bytes: [UInt8]) -> [UInt8] {
    let isBig = bytes.starts(with: [0xFE, 0xFF])
    let hasMark = isBig || bytes.starts(with: [0xFF, 0xFE])
    let units = stride(from: hasMark ? 2 : 0, to: bytes.count - 1, by: 2).map { place in
      let (high, low) = isBig ? (bytes[place], bytes[place + 1]) : (bytes[place + 1], bytes[place])
      return UInt16(high) << 8 | UInt16(low)
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// The characters 0x80–0x9F; the five that are not assigned stand for themselves (WHATWG Encoding Standard).
  private static let windows1252: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]
}
