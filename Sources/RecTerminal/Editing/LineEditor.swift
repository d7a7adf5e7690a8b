import CLibedit
import RecKernels
import RecLanguage

/// What came of asking for a line.
package enum LineResult: Equatable, Sendable {
  case line(String)
  /// Ctrl-C: what was typed is to be forgotten.
  case interrupted
  case endOfFile
}

/// A line editor on the terminal: libedit with its keys, and completion, prefix search and pastes of our own.
///
/// All use of libedit, and all `unsafe` of this module, stands in this file. libedit decides what a key does; ours are
/// functions that it calls (`~/.editrc` may bind them: `bind ^X recline-complete`). We read the terminal for it, so that
/// pastes, Ctrl-C and a new window size reach it as messages: characters between U+0080 and U+009F, which no key sends.
///
/// A class, because libedit calls back with a pointer to it; one thread uses it. It is made once for a program.
@safe package final class LineEditor {
  /// A message to ourselves by way of libedit, so that its state is settled when we act on it.
  enum Message {
    case insert(String)
    case show(EditedLine, beeping: Bool = false)
    case list([String], cursorFromEnd: Int)
    case resize
    case redraw
    case suspend
    case interrupt
  }

  /// What libedit is to do after a function of ours.
  enum Answer {
    case nothing
    case redraw
    case redrawAndBeep
    case beep
    case end

    fileprivate var code: editor_answer {
      switch self {
      case .nothing: UInt8(CC_NORM)
      case .redraw: UInt8(CC_REFRESH)
      case .redrawAndBeep: UInt8(CC_REFRESH_BEEP)
      case .beep: UInt8(CC_ERROR)
      case .end: UInt8(CC_EOF)
      }
    }
  }

  private enum Event {
    case character(Unicode.Scalar)
    case message(Message)
  }

  private enum Code {
    static let message: Unicode.Scalar = "\u{80}"
    static let accept: Unicode.Scalar = "\u{81}"
    static let moveToEnd: Unicode.Scalar = "\u{82}"
  }

  let history: HistoryLog
  let completer: Completer
  var browser = HistoryBrowser()
  var search: HistorySearch?
  /// The lines of the statement before the one being typed, each with its end.
  private(set) var earlier = ""

  private let handle: OpaquePointer
  private let understandsEscapes: Bool
  private var decoder = KeyDecoder()
  private var events: ArraySlice<Event> = []
  private var message: Message?
  private var prompt = Prompt("› ")
  private var promptCharacters: UnsafeMutableBufferPointer<wchar_t>
  private var isInterrupted = false
  private var signal: Int32?

  /// Opens the editor on the terminal of standard input and output; `nil` where libedit finds no terminal to edit on.
  package init?(history: HistoryLog, completer: @escaping Completer) {
    _ = editor_use_utf8()
    // SAFETY: the name is a terminated string for the length of the call; libedit copies it.
    guard let handle = unsafe editor_open("recline") else { return nil }
    self.history = history
    self.completer = completer
    unsafe self.handle = handle
    understandsEscapes = !["", "dumb"].contains(environment("TERM") ?? "")
    unsafe promptCharacters = .allocate(capacity: 0)
    connect()
    bindKeys(editrc: environment("EDITRC") ?? environment("HOME").map { $0 + "/.editrc" })
  }

  deinit {
    // SAFETY: the handle came from `editor_open` and is closed once; the prompt is not used after it.
    unsafe el_end(handle)
    unsafe promptCharacters.deallocate()
  }

  /// Asks for a line; `continuing` holds the lines of the same statement before it.
  package func readLine(prompt: Prompt, continuing earlier: String = "") -> LineResult {
    self.earlier = earlier
    self.prompt = prompt
    browser = HistoryBrowser()
    search = nil
    isInterrupted = false
    editor_heed_signals()
    bracketPastes(true)
    // SAFETY: the handle is open. Keys typed once the prompt is seen must find the editing modes.
    unsafe editor_prepare_terminal(handle, 1)
    // What was typed ahead stands where the prompt is to stand, echoed by the terminal; it is shown again behind it.
    if understandsEscapes, editor_has_input() == 1 { write("\r\u{1B}[K") }
    var count: Int32 = 0
    // SAFETY: the handle is open; the line belongs to libedit and is copied before it is called again.
    let line = unsafe el_wgets(handle, &count).map { line in
      unsafe Self.text(UnsafeBufferPointer(start: line, count: Int(count)))
    }
    // The line editor leaves the terminal as it found it even where the end came in the middle of a line.
    unsafe editor_prepare_terminal(handle, 0)
    bracketPastes(false)
    editor_ignore_signals()
    if let signal { editor_raise(signal) }
    if isInterrupted { return .interrupted }
    guard var line, count > 0 else { return .endOfFile }
    if line.unicodeScalars.last == "\n" { line.unicodeScalars.removeLast() }
    return .line(line)
  }

  /// Forgets what was pasted or typed ahead: after an interruption the rest of a paste is not to run.
  package func discardPendingInput() {
    events = []
    decoder.removeAll()
  }

  /// Writes below or beside the line being edited.
  func write(_ text: String) {
    // SAFETY: the text is a terminated string for the length of the call.
    unsafe editor_write(text)
  }

  /// The size of the terminal in cells.
  var size: (rows: Int, columns: Int) {
    // SAFETY: the handle is open.
    unsafe (max(Int(editor_rows(handle)), 4), max(Int(editor_columns(handle)), 10))
  }

  // MARK: The line being edited

  /// The line and the cursor in it, counted in Unicode scalars.
  var edited: EditedLine {
    // SAFETY: libedit's pointers go into one buffer, in this order, and are copied before it changes.
    guard let info = unsafe el_wline(handle) else { return EditedLine(scalars: [], cursor: 0) }
    let count = unsafe info.pointee.lastchar - info.pointee.buffer
    let cursor = unsafe info.pointee.cursor - info.pointee.buffer
    let text = unsafe Self.text(UnsafeBufferPointer(start: info.pointee.buffer, count: count))
    return EditedLine(scalars: Array(text.unicodeScalars), cursor: cursor)
  }

  /// Puts another line and cursor in the place of the one being edited.
  func replaceLine(with line: EditedLine) {
    moveCursor(by: edited.scalars.count - edited.cursor)
    deleteBeforeCursor(edited.scalars.count)
    insert(line.scalars)
    moveCursor(by: line.cursor - line.scalars.count)
  }

  func moveCursor(by offset: Int) {
    // SAFETY: the handle is open; libedit keeps the cursor within the line.
    _ = unsafe el_cursor(handle, Int32(clamping: offset))
  }

  func deleteBeforeCursor(_ count: Int) {
    // SAFETY: the handle is open; libedit deletes nothing when there are fewer characters.
    unsafe el_deletestr(handle, Int32(clamping: count))
  }

  func insert(_ scalars: [Unicode.Scalar]) {
    if scalars.isEmpty { return }
    let characters = scalars.filter { $0 != "\0" }.map { wchar_t(bitPattern: $0.value) } + [0]
    // SAFETY: the characters end with a zero, and libedit copies them.
    _ = unsafe characters.withUnsafeBufferPointer { unsafe el_winsertstr(handle, $0.baseAddress) }
  }

  /// Draws prompt and line anew where the cursor of the terminal is.
  func draw() {
    // SAFETY: the handle is open.
    unsafe editor_draw(handle)
  }

  /// Sends a message that is received before the next key, with the cursor moved to the line's end first if need be.
  func send(_ message: Message, fromEnd: Bool = false) {
    events = (fromEnd ? [.character(Code.moveToEnd)] : []) + [.message(message)] + events
  }

  // MARK: What libedit calls

  private func connect() {
    // SAFETY: libedit gives the pointer back to the functions below, and only while `self`, which closes it, lives.
    unsafe editor_set_client(handle, Unmanaged.passUnretained(self).toOpaque())
    unsafe editor_set_prompt(handle) { unsafe LineEditor.of($0)?.promptPointer() }
    unsafe editor_set_reader(handle) { handle, character in
      guard let next = unsafe LineEditor.of(handle)?.nextCharacter() else { return 0 }
      unsafe character?.pointee = wchar_t(bitPattern: next.value)
      return 1
    }
    unsafe addFunction("recline-message", "act on a paste, an interruption or a new window size") { handle, _ in
      unsafe LineEditor.of(handle)?.receive().code ?? 0
    }
    unsafe addFunction("recline-complete", "complete the word or list what fits") { handle, _ in
      unsafe LineEditor.of(handle)?.complete().code ?? 0
    }
    unsafe addFunction("recline-previous", "the last statement that starts so") { handle, _ in
      unsafe LineEditor.of(handle)?.showPrevious().code ?? 0
    }
    unsafe addFunction("recline-next", "the next statement that starts so") { handle, _ in
      unsafe LineEditor.of(handle)?.showNext().code ?? 0
    }
    unsafe addFunction("recline-search", "search the history while typing") { handle, _ in
      unsafe LineEditor.of(handle)?.startSearch().code ?? 0
    }
    unsafe addFunction("recline-left", "move to the character before") { handle, _ in
      unsafe LineEditor.of(handle)?.moveLeft().code ?? 0
    }
    unsafe addFunction("recline-right", "move to the character after") { handle, _ in
      unsafe LineEditor.of(handle)?.moveRight().code ?? 0
    }
    unsafe addFunction("recline-delete-previous", "delete the character before the cursor") { handle, _ in
      unsafe LineEditor.of(handle)?.deletePrevious().code ?? 0
    }
    unsafe addFunction("recline-delete-next", "delete the character at the cursor") { handle, _ in
      unsafe LineEditor.of(handle)?.deleteNext().code ?? 0
    }
    unsafe addFunction("recline-delete-or-leave", "delete the character at the cursor; leave on an empty line") {
      handle, _ in
      unsafe LineEditor.of(handle)?.deleteNextOrEnd().code ?? 0
    }
    unsafe addFunction("recline-nothing", "do nothing") { _, _ in UInt8(CC_NORM) }
  }

  private func addFunction(_ name: String, _ help: String, _ function: editor_function) {
    // SAFETY: libedit copies name and help; the function is one of the closures above, which capture nothing.
    unsafe editor_add_function(handle, name, help, function)
  }

  private func bindKeys(editrc: String?) {
    // SAFETY: all strings are terminated and copied or read within the calls.
    unsafe editor_set_keys(handle, "emacs")
    for mode in ["-isig", "-ixon"] { unsafe editor_set_mode(handle, mode) }
    bindOurKeys()
    unsafe el_source(handle, nil)
    if KeyBindings.choosesMap(editrc: editrc) { bindOurKeys() }
    unsafe editor_bind_character(handle, wchar_t(bitPattern: Code.message.value), "recline-message")
    unsafe editor_bind_character(handle, wchar_t(bitPattern: Code.accept.value), "ed-newline")
    unsafe editor_bind_character(handle, wchar_t(bitPattern: Code.moveToEnd.value), "ed-move-to-end")
  }

  private func bindOurKeys() {
    // SAFETY: as in `bindKeys`.
    let usesVi = unsafe editor_keys(handle).map { unsafe String(cString: $0) } == "vi"
    for (key, action) in KeyBindings.all where !usesVi || !key.hasPrefix("\\e") {
      unsafe editor_bind(handle, key, action)
    }
    if usesVi {
      for (key, action) in KeyBindings.all + KeyBindings.viCommand { unsafe editor_bind_alternate(handle, key, action) }
    }
  }

  private static func of(_ handle: OpaquePointer?) -> LineEditor? {
    // SAFETY: `connect` stored a pointer to the editor that owns the handle.
    guard let handle = unsafe handle, let client = unsafe editor_client(handle) else { return nil }
    return unsafe Unmanaged<LineEditor>.fromOpaque(client).takeUnretainedValue()
  }

  private func promptPointer() -> UnsafeMutablePointer<wchar_t>? {
    let text = search?.prompt ?? prompt.marked
    let characters = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
    // SAFETY: libedit reads the prompt before it asks for the next one, so that the last one can be freed now.
    unsafe promptCharacters.deallocate()
    unsafe promptCharacters = .allocate(capacity: characters.count)
    _ = unsafe promptCharacters.initialize(from: characters)
    return unsafe promptCharacters.baseAddress
  }

  private func receive() -> Answer {
    defer { message = nil }
    switch message {
    case .insert(let text):
      insert(Array(text.unicodeScalars))
      return .redraw
    case .show(let line, let isBeeping):
      replaceLine(with: line)
      return isBeeping ? .redrawAndBeep : .redraw
    case .list(let lines, let offset):
      write("\r\n" + lines.joined(separator: "\r\n") + "\r\n")
      moveCursor(by: -offset)
      draw()
      return .nothing
    case .resize:
      clearDrawn()
      // SAFETY: the handle is open.
      unsafe el_resize(handle)
      draw()
      return .nothing
    case .redraw:
      bracketPastes(true)
      write("\r")
      draw()
      return .nothing
    case .suspend:
      // SAFETY: the handle is open. Once continued, the signal for it has the line drawn anew.
      unsafe editor_prepare_terminal(handle, 0)
      bracketPastes(false)
      write("\r\n")
      editor_suspend()
      return .nothing
    case .interrupt:
      write("^C\r\n")
      isInterrupted = true
      return .end
    case nil:
      return .nothing
    }
  }

  /// Asks the terminal to mark where a paste starts and ends, or to stop it.
  private func bracketPastes(_ isWanted: Bool) {
    if understandsEscapes { write(isWanted ? "\u{1B}[?2004h" : "\u{1B}[?2004l") }
  }

  /// Clears what is drawn of prompt and line, from the row where the terminal has put the prompt in its new width.
  private func clearDrawn() {
    let line = edited
    let cells = displayWidth(of: prompt.text) + displayWidth(of: line.beforeCursor)
    let rows = cells / size.columns
    write("\r" + (rows > 0 ? "\u{1B}[\(rows)A" : "") + "\u{1B}[J")
  }

  private static func text(_ characters: UnsafeBufferPointer<wchar_t>) -> String {
    var text = String.UnicodeScalarView()
    for index in 0..<characters.count {
      // SAFETY: the index is within the buffer.
      text.append(Unicode.Scalar(UInt32(bitPattern: unsafe characters[index])) ?? "\u{FFFD}")
    }
    return String(text)
  }

  // MARK: Reading the terminal

  private func nextCharacter() -> Unicode.Scalar? {
    var isComplete = false
    while signal == nil {
      switch events.popFirst() {
      case .character(let character): return character
      case .message(let message):
        self.message = message
        return Code.message
      case nil: break
      }
      if let key = decoder.next(isComplete: isComplete) {
        take(key)
        continue
      }
      switch editor_wait(decoder.isEmpty || isComplete ? -1 : 30) {
      case 0: isComplete = true
      case 1:
        isComplete = false
        // SAFETY: the buffer is filled with at most `count` bytes, and what was read of it is taken.
        var read = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
          read = unsafe editor_read(buffer.baseAddress, buffer.count)
          count = max(read, 0)
        }
        if read == 0 { return nil }
        decoder.feed(bytes)
      case -SIGWINCH: events.append(.message(.resize))
      case -SIGCONT: events.append(.message(.redraw))
      case -SIGINT: take(.character("\u{03}"))
      case let other:
        if other > -1000 { signal = -other }
        return nil
      }
    }
    return nil
  }

  private func take(_ key: KeyDecoder.Key) {
    if searches(with: key) { return }
    switch key {
    case .character("\u{03}"):
      events = [.character(Code.moveToEnd), .message(.interrupt)]
    case .character("\u{1A}"):
      events.append(.message(.suspend))
    case .character(let character):
      events.append(.character(character))
    case .paste(let text):
      let paste = PastedText(text)
      for (index, line) in paste.lines.enumerated() {
        events.append(.message(.insert(line)))
        if index + 1 < paste.lines.count || paste.endsLine { events.append(.character(Code.accept)) }
      }
    }
  }

  /// Whether the key belongs to the search going on; ends the search where it does not.
  private func searches(with key: KeyDecoder.Key) -> Bool {
    guard var search else { return false }
    let effect = search.handle(key, entries: history.entries)
    self.search = effect == .changed ? search : nil
    let line = EditedLine(search.line, cursor: effect == .cancelled ? nil : search.cursor)
    events.append(.message(.show(line, beeping: search.isFailing && effect == .changed)))
    // Escape alone only ends the search; the start of an arrow key's sequence goes on.
    return effect != .ended || key == .character("\u{1B}") && decoder.isEmpty
  }
}
