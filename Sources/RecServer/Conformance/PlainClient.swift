import NIOCore
import NIOPosix
package import RecData

/// What a server answered.
package struct PlainResponse: Sendable {
  package let status: Int
  /// Names in lower case.
  package let fields: [String: String]
  package let body: [UInt8]

  package var text: String { String(decoding: body, as: UTF8.self) }
  package var json: JSONValue? { try? JSONValue(parsing: body) }
}

/// A client that sends bytes as they are, right or wrong, and reads the answer to the end of the connection.
package enum PlainClient {
  package enum Failure: Error, Equatable {
    /// The connection ended without an answer.
    case noAnswer
  }

  /// Sends a request of its own connection.
  package static func send(
    _ method: String, _ path: String, fields: [(String, String)] = [], body: [UInt8]? = nil, port: Int
  ) async throws -> PlainResponse {
    var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
    for (name, value) in fields { head += "\(name): \(value)\r\n" }
    if let body { head += "Content-Length: \(body.count)\r\n" }
    return try await send(raw: Array((head + "\r\n").utf8) + (body ?? []), port: port)
  }

  /// Sends bytes and reads what comes.
  ///
  /// - Parameters:
  ///   - toEnd: Whether to read until the server closes the connection, not only the first answer.
  ///   - begun: Called once the first bytes are there; nothing is read meanwhile.
  package static func send(
    raw bytes: [UInt8], port: Int, toEnd: Bool = false, begun: @Sendable () async throws -> Void = {}
  ) async throws -> PlainResponse {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    let received = try await channel.executeThenClose { inbound, outbound in
      // The server may have answered and closed before it has read everything.
      try? await outbound.write(ByteBuffer(bytes: bytes))
      var received: [UInt8] = []
      var size: Int?
      do {
        for try await part in inbound {
          if received.isEmpty { try await begun() }
          received += part.readableBytesView
          size = size ?? wholeSize(received)
          if !toEnd, let size, received.count >= size { break }
        }
      } catch  where !received.isEmpty {}
      return received
    }
    guard let response = response(received) else { throw Failure.noAnswer }
    return response
  }

  private static func response(_ bytes: [UInt8]) -> PlainResponse? {
    guard let end = headEnd(bytes) else { return nil }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count >= 2, let status = Int(words[1]) else { return nil }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      fields[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
    }
    return PlainResponse(status: status, fields: fields, body: Array(bytes[(end + 4)...]))
  }

  /// How many bytes head and body have together; nil where the head is not there yet or does not say.
  private static func wholeSize(_ bytes: [UInt8]) -> Int? {
    guard let end = headEnd(bytes), let head = response(Array(bytes[..<(end + 4)])) else { return nil }
    return head.fields["content-length"].flatMap { Int($0) }.map { end + 4 + $0 }
  }

  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return (0...bytes.count - 4).first { place in
      bytes[place] == 0x0D && bytes[place + 1] == 0x0A && bytes[place + 2] == 0x0D && bytes[place + 3] == 0x0A
    }
  }
}
