import FoundationEssentials
import RecAlgebra
import RecData
import RecKernels

extension Suite {
  static let loading = Suite("loading", "files to datasets: whole-number ids, text ids; making synthetic ratings") {
    let folder = FileManager.default.temporaryDirectory.path + "/recline-bench-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for options in [
        GenerationOptions(users: 6_000, items: 4_000, ratings: 1_000_000, seed: 1),
        GenerationOptions(users: 140_000, items: 27_000, ratings: 20_000_000, seed: 1),
      ] {
        try time(options, in: folder)
      }
    } catch {
      print("cannot run: \(error)")
    }
  }

  private static func time(_ options: GenerationOptions, in folder: String) throws {
    let all = Execution()
    let millions = Double(options.ratings) * 1e-6
    let name = "\(Int(millions)) M ratings"
    for threads in [1, 2] {
      let execution = Execution(threadCount: threads)
      let seconds = bestTime(runs: 2) { _ = try? generate(options, execution: execution) }
      report("generate \(name), \(threads) threads", seconds: seconds, rate: millions / seconds, unit: "M ratings/s")
    }
    try GeneratedWorld(options, execution: all).writeFiles(folder: folder, execution: all)
    let numbers = folder + "/ratings.csv"
    // The same ratings under ids that are no numbers, in another order.
    let texts = folder + "/texts.csv"
    try writeTexts(options, to: texts, execution: all)
    for (path, kind) in [(numbers, "whole-number ids"), (texts, "text ids, shuffled")] {
      let size = Double(try FileBytes(contentsOf: path).count)
      for threads in [1, 2] {
        let execution = Execution(threadCount: threads)
        var options = LoadOptions()
        options.kind = .ratings
        let seconds = bestTime(runs: 5) { _ = try? load(path, options: options, execution: execution) }
        report("load \(name), \(kind), \(threads) threads", seconds: seconds, bytes: size, threads: threads)
      }
    }
  }

  private static func writeTexts(_ options: GenerationOptions, to path: String, execution: Execution) throws {
    let dataset = try generate(options, execution: execution)
    var file = try AtomicFile(replacing: path)
    try file.write("user,item,rating,timestamp\n")
    // A step that shares no factor with the count visits every rating once.
    let users = dataset.interactions.rowCount
    for step in 0..<users {
      let user = step * 7919 % users
      for entry in dataset.interactions.row(user) {
        try file.write(
          "U\(user)XK,B00\(dataset.interactions.columns[entry]),\(dataset.interactions.values[entry]),\(dataset.times[entry])\n"
        )
      }
    }
    try file.finish()
  }
}
