import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import RecKernels

/// A connection whose requests are answered on the thread that reads them: no other thread has to wake up for a list that
/// is there in microseconds. What takes longer is given to the threads that score.
struct Connection: ServerChildChannel {
  let http: HTTP1Channel

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    http.setup(channel: channel, logger: logger).flatMapThrowing { value in
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try pipeline.addHandler(OldClients(), position: .after(decoder))
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async {
    let loop = value.channel.eventLoop
    await withTaskExecutorPreference(FunctionExecutor { loop.execute($0) }) {
      await http.handle(value: value, logger: logger)
    }
  }
}
