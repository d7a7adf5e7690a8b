/// The memory of an output array, handed to several threads that each write their own part.
@unsafe struct UnsafeSlots<T>: @unchecked Sendable {
  let start: UnsafeMutablePointer<T>?

  func initialize(_ index: Int, to value: T) {
    unsafe (start.unsafelyUnwrapped + index).initialize(to: value)
  }

  @_lifetime(immortal)
  func span(_ range: Range<Int>) -> MutableSpan<T> {
    let span = unsafe MutableSpan(_unsafeStart: start.unsafelyUnwrapped + range.lowerBound, count: range.count)
    return unsafe _overrideLifetime(span, copying: ())
  }
}
