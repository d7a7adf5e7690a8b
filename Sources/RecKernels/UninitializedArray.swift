#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An array of numbers whose contents nobody has written yet: pages are touched by the threads that fill them.
///
/// The caller writes every element before it reads one.
func uninitializedArray<T: BitwiseCopyable>(_ type: T.Type, count: Int) -> [T] {
  // SAFETY: any bits are a value of the numeric types this is used for, and nothing needs to be deinitialised.
  unsafe [T](unsafeUninitializedCapacity: count) { buffer, initializedCount in
    unsafe preferHugePages(buffer.baseAddress, count: count * MemoryLayout<T>.stride)
    initializedCount = count
  }
}

/// Asks for large pages under large memory: a five-hundredth of the page faults.
func preferHugePages(_ memory: UnsafeMutableRawPointer?, count: Int) {
  #if os(Linux)
    let page = 1 << 21
    guard count >= 2 * page, let memory = unsafe memory else { return }
    // SAFETY: the whole pages within the memory; a hint changes no contents, and one that is refused does no harm.
    let start = (UInt(bitPattern: memory) + UInt(page - 1)) & ~UInt(page - 1)
    let end = (UInt(bitPattern: memory) + UInt(count)) & ~UInt(page - 1)
    if start < end { unsafe madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_HUGEPAGE) }
  #endif
}
