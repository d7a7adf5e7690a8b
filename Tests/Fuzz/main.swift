// Fuzzes the loaders; Scripts/fuzz builds and runs it.
//
//   recline-fuzz --seeds FOLDER      writes files to begin with
//   recline-fuzz [libFuzzer's arguments]
import CFuzzer
import FuzzedReaders
import Glibc
import RecData

let scratch = "/dev/shm/recline-fuzz-\(getpid())"

if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--seeds" {
  for (number, seed) in try FuzzedReader.seeds(scratch: scratch).enumerated() {
    var file = try AtomicFile(replacing: CommandLine.arguments[2] + "/seed-\(number)")
    try file.write(seed)
    try file.finish()
  }
  for ending in ["", ".db"] { unlink(scratch + ending) }
  exit(0)
}

let status = fuzzer_run(CommandLine.argc, CommandLine.unsafeArgv) { bytes, count in
  do {
    try FuzzedReader.run(UnsafeBufferPointer(start: bytes, count: count), scratch: scratch)
  } catch {
    fatalError("no error of ours: \(error)")
  }
  return 0
}
unlink(scratch)
exit(status)
