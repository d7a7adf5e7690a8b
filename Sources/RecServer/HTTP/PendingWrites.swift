import NIOCore

/// Lets what was written reach the client before its connection is closed, such as by a server that is to stop: NIO drops
/// what is still under way.
///
/// Whoever reads nothing is waited for no longer than the limit, and a second close is no longer put off. A class, as every
/// handler of a channel; used on the channel's thread alone.
final class PendingWrites: ChannelOutboundHandler, RemovableChannelHandler {
  typealias OutboundIn = NIOAny
  typealias OutboundOut = NIOAny

  private let limit: @Sendable () -> TimeAmount
  private var count = 0
  /// Closes the connection once nothing is under way any more.
  private var close: (() -> Void)?

  /// - Parameter limit: How long a close may be put off at most, when it comes.
  init(limit: @escaping @Sendable () -> TimeAmount) { self.limit = limit }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let promise = promise ?? context.eventLoop.makePromise()
    count += 1
    promise.futureResult.assumeIsolated().whenComplete { [self] _ in
      count -= 1
      if count == 0 { close?() }
    }
    context.write(data, promise: promise)
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard mode == .all, count > 0, close == nil else { return context.close(mode: mode, promise: promise) }
    let tooSlow = context.eventLoop.assumeIsolated().scheduleTask(in: limit()) { [self] in close?() }
    close = { [self] in
      tooSlow.cancel()
      close = {}
      context.close(mode: mode, promise: promise)
    }
  }
}
