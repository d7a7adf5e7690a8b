import CKernels
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The threads behind `Workers`.
///
/// One word tells the state of the current loop: its number, whether it is open to helpers, and how many helpers are in
/// it. A helper that wakes up late finds the loop closed and goes back to sleep; the caller waits only for those inside.
/// A class because the threads share it; each of them holds a reference until it ends.
@safe final class WorkerPool: @unchecked Sendable {
  static let threadLimit = 1024

  private let helperCount: Int
  /// `number << 32 | open << 31 | helpers inside`.
  private let state = Atomic<UInt64>(0)
  private let next = Atomic<Int>(0)
  private let busy = Atomic<Bool>(false)
  private let sleepers = Atomic<Int>(0)
  private let stopping = Atomic<Bool>(false)

  // Written by the caller before it opens a loop, read by helpers that are inside it.
  private var count = 0
  private var body: UnsafeRawPointer?
  private var started = false

  // SAFETY: initialised with the pool and freed with it, and each thread holds the pool: every use below is in between.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wakeUp = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let finished = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  private static let openBit: UInt64 = 1 << 31
  private static let insideMask: UInt64 = openBit - 1
  private static let spins = 4000

  init(helperCount: Int) {
    self.helperCount = helperCount
    // SAFETY: the three were allocated above and are used only after this.
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(wakeUp, nil)
    unsafe pthread_cond_init(finished, nil)
  }

  deinit {
    // SAFETY: the last reference is gone, so no thread uses them any more.
    unsafe pthread_cond_destroy(finished)
    unsafe pthread_cond_destroy(wakeUp)
    unsafe pthread_mutex_destroy(mutex)
    unsafe finished.deallocate()
    unsafe wakeUp.deallocate()
    unsafe mutex.deallocate()
  }

  /// Runs the loop on the calling thread and the helpers, or on the calling thread alone if another loop is running.
  func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard busy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
      for index in 0..<count { body(index) }
      return
    }
    startThreads()
    withoutActuallyEscaping(body) { escapable in
      var task = LoopBody(call: escapable)
      // SAFETY: the pointer is read only by helpers inside the loop, and `close` waits until none is left.
      unsafe withUnsafePointer(to: &task) { pointer in
        unsafe self.body = UnsafeRawPointer(pointer)
        self.count = count
        next.store(0, ordering: .relaxed)
        open()
        unsafe work(pointer, count)
        close()
        unsafe self.body = nil
      }
    }
    busy.store(false, ordering: .releasing)
  }

  /// Ends the threads; they let go of the pool by themselves.
  func stop() {
    stopping.store(true, ordering: .sequentiallyConsistent)
    unsafe pthread_mutex_lock(mutex)
    unsafe pthread_cond_broadcast(wakeUp)
    unsafe pthread_mutex_unlock(mutex)
  }

  private func open() {
    let number = (state.load(ordering: .relaxed) >> 32) &+ 1
    state.store(number << 32 | Self.openBit, ordering: .sequentiallyConsistent)
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    unsafe pthread_mutex_lock(mutex)
    unsafe pthread_cond_broadcast(wakeUp)
    unsafe pthread_mutex_unlock(mutex)
  }

  private func close() {
    state.bitwiseAnd(~Self.openBit, ordering: .sequentiallyConsistent)
    for _ in 0..<Self.spins {
      if state.load(ordering: .acquiring) & Self.insideMask == 0 { return }
      rec_pause()
    }
    unsafe pthread_mutex_lock(mutex)
    while state.load(ordering: .acquiring) & Self.insideMask != 0 { unsafe pthread_cond_wait(finished, mutex) }
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Takes chunks until none is left. Never inlined, so that all its references are released before a helper signs off.
  @inline(never)
  private func work(_ task: UnsafePointer<LoopBody>, _ count: Int) {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if index >= count { return }
      unsafe task.pointee.call(index)
    }
  }

  /// What a helper thread does until the pool stops.
  private func help() {
    var seen: UInt64 = 0
    while let entered = enter(after: seen) {
      seen = entered
      // SAFETY: this helper is inside the loop, which stays open in memory until it has left.
      if let task = unsafe body { unsafe work(task.assumingMemoryBound(to: LoopBody.self), count) }
      let left = state.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue
      if left & (Self.openBit | Self.insideMask) == 0 {
        unsafe pthread_mutex_lock(mutex)
        unsafe pthread_cond_signal(finished)
        unsafe pthread_mutex_unlock(mutex)
      }
    }
  }

  /// Waits for an open loop with a number other than `seen` and enters it; nil when the pool stops.
  private func enter(after seen: UInt64) -> UInt64? {
    for _ in 0..<Self.spins {
      if stopping.load(ordering: .relaxed) { return nil }
      if let number = tryToEnter(after: seen) { return number }
      rec_pause()
    }
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    defer { sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
    while !stopping.load(ordering: .sequentiallyConsistent) {
      if let number = tryToEnter(after: seen) { return number }
      unsafe pthread_cond_wait(wakeUp, mutex)
    }
    return nil
  }

  private func tryToEnter(after seen: UInt64) -> UInt64? {
    var current = state.load(ordering: .sequentiallyConsistent)
    while current & Self.openBit != 0, current >> 32 != seen {
      let outcome = state.compareExchange(expected: current, desired: current + 1, ordering: .acquiringAndReleasing)
      if outcome.exchanged { return current >> 32 }
      current = outcome.original
    }
    return nil
  }

  /// Called by the one thread that holds `busy`. A thread that cannot be had is done without.
  private func startThreads() {
    if started { return }
    started = true
    for _ in 0..<helperCount {
      guard DetachedThread.start({ self.help() }) else { return }
    }
  }
}

/// The closure of a loop, boxed so that its address can be handed to the helpers.
private struct LoopBody {
  let call: @Sendable (Int) -> Void
}
