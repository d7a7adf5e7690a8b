import CKernels

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Marks for the whole numbers that occur as ids, a byte each; pages that no id falls on cost nothing.
///
/// A class because it owns memory that all threads mark.
@safe final class NumberMarks: @unchecked Sendable {
  let marks: UnsafeMutablePointer<UInt8>
  let limit: Int

  init(limit: Int) {
    self.limit = limit
    // SAFETY: memory of `limit` zero bytes, which only `deinit` frees.
    guard let memory = unsafe calloc(limit, 1) else { preconditionFailure("out of memory") }
    unsafe marks = memory.assumingMemoryBound(to: UInt8.self)
  }

  deinit { unsafe free(marks) }

  /// The number that an id is, if it is written canonically and can be marked.
  func number(_ id: [UInt8]) -> Int32? {
    guard let number = Int64(String(decoding: id, as: UTF8.self)), number >= 0, number < limit else { return nil }
    return String(number).utf8.elementsEqual(id) ? Int32(number) : nil
  }

  /// Marks an id that has a number.
  func mark(_ id: [UInt8]) -> Int32? {
    guard let number = number(id) else { return nil }
    // SAFETY: the number is below the limit.
    unsafe marks[Int(number)] = 1
    return number
  }

  /// The marked numbers, ascending, and the rank of each number up to the highest.
  func ranks(highest: Int32) -> (numbers: [Int64], ranks: [Int32]) {
    var numbers: [Int64] = []
    var ranks = [Int32](repeating: 0, count: Int(highest) + 1)
    for number in ranks.indices where unsafe marks[number] != 0 {
      ranks[number] = Int32(numbers.count)
      numbers.append(Int64(number))
    }
    return (numbers, ranks)
  }
}

/// A growing table of distinct texts for the kernel.
///
/// A class because the kernel keeps a pointer to it; its memory moves only in `grow`.
@safe final class TextInterner: @unchecked Sendable {
  let pointer = UnsafeMutablePointer<rec_interner>.allocate(capacity: 1)
  /// The kernel looks this many texts up at a time, and wants room for all of them.
  private static let batch = 32

  init() { unsafe pointer.initialize(to: Self.table(slotCount: 1 << 12, arenaCapacity: 1 << 14)) }

  deinit {
    unsafe Self.free(pointer.pointee)
    unsafe pointer.deallocate()
  }

  /// An empty table that takes three quarters of its slots.
  private static func table(slotCount: Int, arenaCapacity: Int) -> rec_interner {
    // SAFETY: zeroed slots are free ones; the memory is freed by `free`.
    guard let slots = unsafe calloc(slotCount, MemoryLayout<rec_text_slot>.stride) else {
      preconditionFailure("out of memory")
    }
    unsafe preferHugePages(slots, count: slotCount * MemoryLayout<rec_text_slot>.stride)
    return unsafe rec_interner(
      slots: slots.assumingMemoryBound(to: rec_text_slot.self), mask: UInt64(slotCount - 1),
      arena: UnsafeMutablePointer<UInt8>.allocate(capacity: arenaCapacity), arena_used: 0,
      arena_capacity: Int64(arenaCapacity), capacity: Int64(slotCount / 4 * 3), count: 0)
  }

  private static func free(_ table: rec_interner) {
    // SAFETY: both were allocated by `table` or `grow`, and nobody else frees them.
    unsafe releaseMemory(table.slots)
    unsafe table.arena.deallocate()
  }

  var count: Int { Int(unsafe pointer.pointee.count) }

  func intern(_ text: [UInt8]) -> Int32 {
    while true {
      // SAFETY: the pointer is used only during the call, with the count that belongs to it.
      let number = unsafe text.withUnsafeBufferPointer { buffer in
        unsafe rec_intern(pointer, buffer.baseAddress ?? UnsafePointer(pointer.pointee.arena), buffer.count)
      }
      if number >= 0 { return number }
      grow(toHold: text.count)
    }
  }

  /// Makes room for a batch of texts and `length` bytes of long ones.
  func grow(toHold length: Int = 0) {
    if count + Self.batch > Int(unsafe pointer.pointee.capacity) {
      let old = unsafe pointer.pointee
      let larger = unsafe Self.table(slotCount: (Int(unsafe old.mask) + 1) * 4, arenaCapacity: 1)
      unsafe larger.arena.deallocate()
      unsafe pointer.pointee.slots = larger.slots
      unsafe pointer.pointee.mask = larger.mask
      unsafe pointer.pointee.capacity = larger.capacity
      // SAFETY: the new slots are free, and there are more of them than old texts.
      unsafe withUnsafePointer(to: old) { unsafe rec_intern_copy(pointer, $0) }
      unsafe releaseMemory(old.slots)
    }
    let used = Int(unsafe pointer.pointee.arena_used)
    let wanted = used + Self.batch * max(length, 64)
    if Int(unsafe pointer.pointee.arena_capacity) < wanted {
      let capacity = max(wanted, Int(unsafe pointer.pointee.arena_capacity) * 2)
      let arena = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      unsafe arena.initialize(from: pointer.pointee.arena, count: used)
      unsafe pointer.pointee.arena.deallocate()
      unsafe pointer.pointee.arena = arena
      unsafe pointer.pointee.arena_capacity = Int64(capacity)
    }
  }

  /// The texts as arrays of their own.
  func texts(rows: Range<Int>) -> TextTable {
    let count = self.count
    var starts = [Int64](repeating: 0, count: count + 1)
    // SAFETY: there is a length for each of the `count` texts, and then a place for each text in the bytes.
    unsafe starts.withUnsafeMutableBufferPointer { unsafe rec_intern_lengths(pointer, $0.baseAddress) }
    var total: Int64 = 0
    for text in 0..<count {
      let length = starts[text]
      starts[text] = total
      total += length
    }
    starts[count] = total
    var bytes = uninitializedArray(UInt8.self, count: Int(total))
    unsafe bytes.withUnsafeMutableBufferPointer { bytes in
      unsafe starts.withUnsafeBufferPointer { unsafe rec_intern_texts(pointer, $0.baseAddress, bytes.baseAddress) }
    }
    return TextTable(rows: rows, bytes: bytes, starts: starts)
  }
}

extension TextTable {
  /// The same texts for rows that moved.
  func covering(_ rows: Range<Int>) -> TextTable { TextTable(rows: rows, bytes: bytes, starts: starts) }
}

/// The C library's `free`, whose name the class's own function hides.
private func releaseMemory(_ memory: UnsafeMutableRawPointer?) { unsafe free(memory) }
