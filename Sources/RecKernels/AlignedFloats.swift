/// A copy of some floats that begins on a cache line, so that no vector of 16 lies across two.
package struct AlignedFloats: Sendable {
  private let storage: [Float]
  private let start: Int
  private let count: Int

  package init(_ values: [Float]) {
    var storage = uninitializedArray(Float.self, count: values.count + 16)
    // SAFETY: the copy lies within the storage, at most 15 floats behind its begin; an array that nobody changes stays
    // where it is.
    let start = unsafe storage.withUnsafeMutableBufferPointer { storage in
      guard let begin = storage.baseAddress else { return 0 }
      let start = Int(bitPattern: (0 &- UInt(bitPattern: begin)) & 63) / MemoryLayout<Float>.stride
      unsafe values.withUnsafeBufferPointer { values in
        if let first = values.baseAddress { unsafe (begin + start).update(from: first, count: values.count) }
      }
      return start
    }
    self.storage = storage
    self.start = start
    count = values.count
  }

  package var span: Span<Float> {
    @_lifetime(borrow self)
    get { storage.span.extracting(start..<start + count) }
  }
}
