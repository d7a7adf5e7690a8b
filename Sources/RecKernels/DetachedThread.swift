#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Threads that run one closure and end by themselves. They take no signals: Ctrl-C is for the main thread.
package enum DetachedThread {
  /// Whether a thread could be had; if not, nothing runs.
  package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let box = Box(body)
    // SAFETY: the retained reference is taken over by the thread, or released here if there is none.
    let reference = unsafe Unmanaged.passRetained(box)
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    if unsafe create(reference.toOpaque()) { return true }
    unsafe reference.release()
    return false
  }

  // The two platforms import `pthread_create` with different optionals.
  #if canImport(Glibc)
    private static func create(_ argument: UnsafeMutableRawPointer) -> Bool {
      var thread = pthread_t()
      let failure = unsafe pthread_create(
        &thread, nil,
        { argument in
          guard let argument = unsafe argument else { return nil }
          // SAFETY: `start` passed a retained box, which this thread takes over.
          unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
          return nil
        }, argument)
      if failure == 0 { pthread_detach(thread) }
      return failure == 0
    }
  #else
    private static func create(_ argument: UnsafeMutableRawPointer) -> Bool {
      var thread: pthread_t?
      let failure = unsafe pthread_create(
        &thread, nil,
        { argument in
          // SAFETY: `start` passed a retained box, which this thread takes over.
          unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
          return nil
        }, argument)
      if failure == 0, let thread { unsafe pthread_detach(thread) }
      return failure == 0
    }
  #endif

  /// A closure as an object, whose address fits the C interface.
  private final class Box: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
