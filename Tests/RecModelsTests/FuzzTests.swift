import FuzzedReaders
import RecKernels
import Testing

/// Seconds of what `Scripts/fuzz` does for minutes, with the same inputs every time.
@Suite struct FuzzTests {
  @Test(arguments: 0..<8 as Range<UInt64>)
  func `no change of a file makes a reader trap`(part: UInt64) throws {
    let folder = try SavedFolder()
    var random = Mutations(state: part)
    let seeds = try FuzzedReader.seeds(scratch: folder.path)
    #expect(Set(seeds.map { $0[0] }).count == FuzzedReader.allCases.count)
    for _ in 0..<12 {
      for seed in seeds {
        var input = random.changed(seed, others: seeds)
        // The reader that the seed is for, most of the time.
        if random.next(4) > 0, !input.isEmpty { input[0] = seed[0] }
        try FuzzedReader.run(input, scratch: folder.path + ".input")
      }
    }
  }

  @Test func `reads its seeds`() throws {
    let folder = try SavedFolder()
    for seed in try FuzzedReader.seeds(scratch: folder.path) {
      try FuzzedReader.run(seed, scratch: folder.path + ".input")
    }
  }
}

/// Changes as libFuzzer makes them: bits, bytes, pieces that go, come twice or come from elsewhere, an early end.
private struct Mutations {
  var state: UInt64

  mutating func next(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, limit)))
  }

  mutating func changed(_ seed: [UInt8], others: [[UInt8]]) -> [UInt8] {
    var bytes = seed
    for _ in 0...next(6) {
      if bytes.count < 2 { return bytes }
      let place = 1 + next(bytes.count - 1)
      let piece = place..<min(bytes.count, place + 1 + next(16))
      switch next(7) {
      case 0: bytes[place] ^= 1 << UInt8(next(8))
      case 1: bytes[place] = UInt8(next(256))
      case 2: bytes[place] = Array(",;|:\t\n\r\" {}[]0-.e\u{0}".utf8)[next(18)]
      case 3: bytes.removeSubrange(piece)
      case 4: bytes.insert(contentsOf: bytes[piece], at: place)
      case 5:
        let other = others[next(others.count)]
        let start = next(other.count)
        bytes.insert(contentsOf: other[start..<min(other.count, start + 1 + next(64))], at: place)
      default: bytes.removeLast(min(bytes.count - 1, next(32)))
      }
    }
    return bytes
  }
}
