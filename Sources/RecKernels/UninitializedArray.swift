/// An array of numbers whose contents nobody has written yet: pages are touched by the threads that fill them.
///
/// The caller writes every element before it reads one.
func uninitializedArray<T: BitwiseCopyable>(_ type: T.Type, count: Int) -> [T] {
  // SAFETY: any bits are a value of the numeric types this is used for, and nothing needs to be deinitialised.
  unsafe [T](unsafeUninitializedCapacity: count) { _, initializedCount in initializedCount = count }
}
