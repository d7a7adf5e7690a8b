import RecLanguage
import RecNotebook

/// A place where a lesson waits for its learner, with the prose before it.
struct LessonStop {
  enum Content {
    case passage(RecordedScript.Passage)
    case exercise(Exercise)
    /// Behind the last statement.
    case end
  }

  let prose: [MarkdownBlock]
  let content: Content
  /// Where its line begins in the text.
  let offset: Int

  /// The stops of a script, the end among them.
  static func stops(of notebook: Notebook) -> [LessonStop] {
    let bytes = notebook.source.bytes
    var stops: [LessonStop] = []
    var prose: [MarkdownBlock] = []
    func add(_ content: Content, _ offset: Int) {
      stops.append(LessonStop(prose: prose, content: content, offset: offset))
      prose = []
    }
    for part in notebook.parts {
      switch part {
      case .prose(let blocks, _): prose += blocks
      case .exercise(let exercise): add(.exercise(exercise), lineStart(exercise.line, bytes))
      case .passage(let passage): add(.passage(passage), passage.code.start)
      }
    }
    add(.end, bytes.count)
    return stops
  }

  /// Where a line begins, counted from 1.
  private static func lineStart(_ line: Int, _ bytes: [UInt8]) -> Int {
    var number = 1
    return bytes.firstIndex { byte in
      if number == line { return true }
      if byte == UInt8(ascii: "\n") { number += 1 }
      return false
    } ?? bytes.count
  }
}

/// What came of a stop that a learner has passed.
enum LessonResult: Equatable {
  /// A statement ran; whether it printed what was recorded, nil where nothing is.
  case ran(isAsRecorded: Bool?)
  case skipped
  /// An exercise that was answered.
  case solved
}
