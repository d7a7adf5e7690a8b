import CLibedit

/// A command of the system's shell, such as `ls -l` behind `!`, or a pager.
struct SystemCommand {
  let text: String

  /// Runs it on the terminal and waits: its exit status, or nil where it could not be started.
  ///
  /// - Parameter input: what it reads in the place of the terminal's keys.
  func run(input: String? = nil) -> Int? {
    // SAFETY: both strings are terminated copies that last for the call.
    let status = unsafe input.map { unsafe editor_run_command(text, $0) } ?? editor_run_command(text, nil)
    return status < 0 ? nil : Int(status)
  }
}
