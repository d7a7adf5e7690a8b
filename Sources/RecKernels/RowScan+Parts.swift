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
/// A class because the kernel keeps pointers into its arrays, which never move but by `grow`.
@safe final class TextInterner: @unchecked Sendable {
  let pointer = UnsafeMutablePointer<rec_interner>.allocate(capacity: 1)
  private var slotCount: Int

  init(capacity: Int = 1 << 10, byteCapacity: Int = 1 << 14) {
    slotCount = capacity * 2
    // SAFETY: memory of the stated sizes, which `grow` replaces and `deinit` frees.
    unsafe pointer.initialize(
      to: rec_interner(
        slots: UnsafeMutablePointer<UInt64>.allocate(capacity: slotCount), mask: UInt64(slotCount - 1),
        arena: UnsafeMutablePointer<UInt8>.allocate(capacity: byteCapacity),
        starts: UnsafeMutablePointer<Int64>.allocate(capacity: capacity + 1), arena_capacity: Int64(byteCapacity),
        capacity: Int64(capacity), count: 0))
    unsafe pointer.pointee.slots.initialize(repeating: 0, count: slotCount)
    unsafe pointer.pointee.starts.initialize(to: 0)
  }

  deinit {
    unsafe pointer.pointee.slots.deallocate()
    unsafe pointer.pointee.arena.deallocate()
    unsafe pointer.pointee.starts.deallocate()
    unsafe pointer.deallocate()
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

  /// Doubles what is nearly full, so that another text of `length` bytes fits.
  func grow(toHold length: Int = 0) {
    let count = self.count
    let used = Int(unsafe pointer.pointee.starts[count])
    if count >= Int(unsafe pointer.pointee.capacity) {
      let capacity = Int(unsafe pointer.pointee.capacity) * 2
      let starts = UnsafeMutablePointer<Int64>.allocate(capacity: capacity + 1)
      unsafe starts.initialize(from: pointer.pointee.starts, count: count + 1)
      unsafe pointer.pointee.starts.deallocate()
      unsafe pointer.pointee.slots.deallocate()
      slotCount = capacity * 2
      unsafe pointer.pointee.starts = starts
      unsafe pointer.pointee.slots = UnsafeMutablePointer<UInt64>.allocate(capacity: slotCount)
      unsafe pointer.pointee.slots.initialize(repeating: 0, count: slotCount)
      unsafe pointer.pointee.mask = UInt64(slotCount - 1)
      unsafe pointer.pointee.capacity = Int64(capacity)
      unsafe rec_intern_rebuild(pointer)
    }
    let wanted = used + max(length, 1 << 12)
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
    let used = Int(unsafe pointer.pointee.starts[count])
    // SAFETY: `used` bytes and `count + 1` starts were written by the kernel.
    let bytes = unsafe Array(UnsafeBufferPointer(start: pointer.pointee.arena, count: used))
    let starts = unsafe Array(UnsafeBufferPointer(start: pointer.pointee.starts, count: count + 1))
    return TextTable(rows: rows, bytes: bytes, starts: starts)
  }
}

extension TextTable {
  /// The same texts for rows that moved.
  func covering(_ rows: Range<Int>) -> TextTable { TextTable(rows: rows, bytes: bytes, starts: starts) }
}
