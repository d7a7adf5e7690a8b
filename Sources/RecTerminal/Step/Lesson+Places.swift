import RecLanguage

extension Lesson {
  /// Goes on where the learner left, if there is such a place and the learner wants to.
  func offerToGoOn() {
    guard let place, let saved = place.load() else { return }
    guard saved.marks.count < stops.count, saved.digest == digest(upTo: saved.marks.count) else {
      remark("The script has changed before the place that was kept; it begins anew.")
      return place.remove()
    }
    remark("You were at \(saved.marks.count + 1)/\(stops.count - 1). Enter goes on from there, r begins anew.")
    while presenter.failure == nil {
      switch input.readLine(prompt: prompt("go on › "), continuing: "", completing: nil) {
      case .interrupted: input.discardPendingInput()
      case .endOfFile: return leaveAtOnce()
      case .line(let text):
        switch LessonKey(typed: text) {
        case .run: return goOn(to: saved)
        case .restart: return place.remove()
        case .leave: return leaveAtOnce()
        default: remark("Enter goes on, r begins anew, q leaves.")
        }
      }
    }
  }

  /// Runs again, quietly, what ran before; stops where that fails.
  private func goOn(to saved: SavedPlace) {
    for mark in saved.marks {
      let before = session
      switch (mark, stop.content) {
      case (.ran, .passage(let passage)):
        guard let result = run(passage, isQuiet: true) else {
          return remark("This is as far as the statements run again.")
        }
        passed.append(Passed(session: before, result: result))
      case (.solved, .exercise): passed.append(Passed(session: before, result: .solved))
      default: passed.append(Passed(session: before, result: .skipped))
      }
    }
  }

  func keepPlace() {
    guard let place else { return }
    guard !passed.isEmpty else { return place.remove() }
    let marks = passed.map { step -> SavedPlace.Mark in
      switch step.result {
      case .ran: .ran
      case .skipped: .skipped
      case .solved: .solved
      }
    }
    do {
      try place.save(SavedPlace(marks: marks, digest: digest(upTo: marks.count)))
      remark("The place is kept: the next `step` goes on at \(position).")
    } catch {
      remark("warning: the place could not be kept")
    }
  }

  private func digest(upTo count: Int) -> UInt64 {
    SavedPlace.digest(of: source.bytes[..<stops[count].offset])
  }
}
