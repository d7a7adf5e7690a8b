package import RecKernels

/// Work that goes on beside the statements of a session, such as a server.
package protocol BackgroundWork: AnyObject, Sendable {
  /// What it does, for people: `serving at http://127.0.0.1:8080`.
  var phrase: String { get }

  /// Ends it once what it has begun is done.
  func stop()

  /// Waits until it is asked to end from outside the session: by SIGTERM, or by the cancellation.
  func wait(_ cancellation: Cancellation)
}
