import NIOCore
import NIOHTTP1

/// Answers HTTP/1.0 as it wants to be answered, by closing the connection afterwards: what comes later no longer knows the
/// version.
///
/// A class, as every handler of a channel.
final class OldClients: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data), head.version == .http1_0 || head.version == .http0_9,
      !head.headers[canonicalForm: "connection"].contains(where: { $0.lowercased() == "keep-alive" })
    else { return context.fireChannelRead(data) }
    head.headers.replaceOrAdd(name: "connection", value: "close")
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }
}
