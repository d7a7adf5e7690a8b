/// A matrix of Float that threads write in place; rows are padded to 16 elements and begin at cache lines.
///
/// A value like an array: a copy shares the memory until one of the two is written. Padding is zero and stays so. Loads of
/// 64 bytes that cross a cache line cost twice, and an array's elements begin where they happen to.
@safe package struct AlignedRows: Sendable, Equatable {
  package let rowCount: Int
  package let columnCount: Int
  /// Elements from one row to the next: `columnCount` rounded up to a multiple of 16.
  package let stride: Int
  private var memory: Memory

  /// A matrix of zeros.
  package init(rowCount: Int, columnCount: Int) {
    precondition(rowCount >= 0 && columnCount >= 0, "a shape is not negative")
    self.rowCount = rowCount
    self.columnCount = columnCount
    stride = (columnCount + 15) / 16 * 16
    memory = Memory(count: rowCount * stride)
  }

  package static func == (left: AlignedRows, right: AlignedRows) -> Bool {
    left.rowCount == right.rowCount && left.columnCount == right.columnCount && left.elements == right.elements
  }

  /// All rows with their padding; (rowCount × stride,).
  package var elements: [Float] {
    // SAFETY: the memory holds `count` elements and lives as long as this value.
    unsafe Array(UnsafeBufferPointer(start: memory.start, count: memory.count))
  }

  /// The entries of a row without padding; (columnCount,).
  package func row(_ row: Int) -> [Float] {
    precondition(row >= 0 && row < rowCount, "the row is one of the matrix")
    // SAFETY: the row lies within the memory by the check above.
    return unsafe Array(UnsafeBufferPointer(start: memory.start + row * stride, count: columnCount))
  }

  /// The entries of a column, (rowCount,); none where there is no such column.
  package func column(_ column: Int) -> [Float] {
    guard column >= 0, column < columnCount else { return [] }
    // SAFETY: the entries lie within the memory by the check above.
    return (0..<rowCount).map { unsafe memory.start[$0 * stride + column] }
  }

  /// Lets `body` write the rows of each chunk of `chunk` rows, without their padding, in any order and from any thread.
  package mutating func fill(
    _ workers: Workers, chunk: Int = 64, _ body: @Sendable (Int, inout MutableSpan<Float>) -> Void
  ) {
    precondition(chunk > 0, "a chunk has at least one row")
    let (rowCount, columnCount, stride) = (rowCount, columnCount, stride)
    let slots = unsafe UnsafeSlots(start: pointer())
    workers.forEach((rowCount + chunk - 1) / chunk) { index in
      for row in index * chunk..<min(rowCount, (index + 1) * chunk) {
        // SAFETY: each row lies within the memory, and one call alone writes it.
        var span = unsafe slots.span(row * stride..<row * stride + columnCount)
        body(row, &span)
      }
    }
  }

  /// Where the elements are, for kernels that write them; this value's own from now on.
  @unsafe mutating func pointer() -> UnsafeMutablePointer<Float> {
    if !isKnownUniquelyReferenced(&memory) { memory = Memory(copying: memory) }
    return unsafe memory.start
  }

  /// Where the elements are, for kernels that read them; valid as long as this value lives unchanged.
  @unsafe var readingPointer: UnsafePointer<Float> { unsafe UnsafePointer(memory.start) }
}

/// A class because it owns memory; written only through the one value that holds it.
@safe private final class Memory: @unchecked Sendable {
  let start: UnsafeMutablePointer<Float>
  let count: Int

  init(count: Int) {
    self.count = count
    let bytes = max(64, count * MemoryLayout<Float>.stride)
    // SAFETY: freed by `deinit` alone, and every element is written before anyone reads it.
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    unsafe preferHugePages(raw, count: bytes)
    unsafe start = raw.bindMemory(to: Float.self, capacity: count)
    unsafe start.initialize(repeating: 0, count: count)
  }

  init(copying other: Memory) {
    count = other.count
    let bytes = max(64, count * MemoryLayout<Float>.stride)
    // SAFETY: as above; the other memory holds as many elements.
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    unsafe preferHugePages(raw, count: bytes)
    unsafe start = raw.bindMemory(to: Float.self, capacity: count)
    unsafe start.initialize(from: other.start, count: count)
  }

  deinit { unsafe start.deallocate() }
}
