import CKernels
import Synchronization

/// What the process does about Ctrl-C (SIGINT) and about pipes whose reader has gone (SIGPIPE).
package enum Interrupts {
  /// Every cancellation that was ever installed: the signal handler may be reading the last one at any moment.
  private static let installed = Mutex<[Cancellation]>([])

  /// Makes Ctrl-C cancel this, from now on; an earlier installation is replaced.
  package static func install(_ cancellation: Cancellation) {
    installed.withLock { kept in
      if !kept.contains(where: { $0 === cancellation }) { kept.append(cancellation) }
    }
    // SAFETY: `installed` keeps the cancellation, and so its flag, alive for the rest of the process.
    unsafe rec_interrupts_install(cancellation.flag)
  }

  /// How often Ctrl-C was pressed since the last reset.
  package static var count: Int { Int(rec_interrupt_count()) }

  /// Starts counting from zero.
  package static func resetCount() { rec_interrupt_count_reset() }

  /// Lets a write to a closed pipe fail with an error instead of ending the process.
  package static func ignoreBrokenPipes() { rec_ignore_broken_pipes() }
}
