import CKernels

/// Factors of items in 8 bits, in panels of 16 items, with what bounds of scores need.
///
/// Of every four factors a panel holds the bytes of its first item, of its second, and so on, each plus 128. The other
/// columns have an element for each item of the panels; items that fill up the last panel have an offset of minus infinity.
package struct ByteColumns: Sendable {
  /// How many fours of factors there are.
  package let quads: Int
  package var panels: [UInt8]
  /// What a byte counts.
  package var scales: [Float]
  /// The length of an item's factors, and of what its bytes leave out; not too small.
  package var lengths: [Float]
  package var errors: [Float]
  package var offsets: [Float]

  package static let panelItems = Int(REC_PANEL_ITEMS)

  package init(itemCount: Int, rank: Int) {
    quads = (rank + 3) / 4
    let count = (itemCount + Self.panelItems - 1) / Self.panelItems * Self.panelItems
    panels = [UInt8](repeating: 128, count: count * quads * 4)
    scales = [Float](repeating: 0, count: count)
    lengths = scales
    errors = scales
    offsets = [Float](repeating: -.infinity, count: count)
  }

  /// Where the byte of an item's factor stands.
  package func place(of item: Int, factor: Int) -> Int {
    (item / Self.panelItems * quads + factor / 4) * Self.panelItems * 4 + item % Self.panelItems * 4 + factor % 4
  }
}

/// A user whose factors are `scale` times bytes: the length of what that leaves out, and of what it keeps.
package struct ByteUser: Sendable {
  /// As many as an item has, with padding.
  package let bytes: [Int8]
  package let scale: Float
  package let error: Float
  package let length: Float

  package init(bytes: [Int8], scale: Float, error: Float, length: Float) {
    self.bytes = bytes
    self.scale = scale
    self.error = error
    self.length = length
  }
}

/// Bounds of scores; the same on every processor.
package enum BoundKernels {
  /// The items of a range whose bound is not below a threshold, ascending.
  ///
  /// The bound is user · item in 8 bits + the item's length · the user's error + the item's error · the user's length + the
  /// item's offset.
  ///
  /// - Parameter items: It begins at a panel, and ends at one or with the items.
  package static func reachable(
    _ user: ByteUser, _ columns: ByteColumns, items: Range<Int>, threshold: Float, clone: KernelClone? = nil
  ) -> [Int32] {
    let panels =
      items.lowerBound / ByteColumns.panelItems..<(items.upperBound + ByteColumns.panelItems - 1)
      / ByteColumns.panelItems
    let count = panels.count * ByteColumns.panelItems
    let first = panels.lowerBound * ByteColumns.panelItems
    let panelSize = ByteColumns.panelItems * columns.quads * 4
    precondition(items.lowerBound == first, "the range begins at a panel")
    precondition(user.bytes.count == columns.quads * 4, "the user has as many factors as the items")
    precondition(
      first + count <= columns.scales.count && columns.lengths.count == columns.scales.count
        && columns.errors.count == columns.scales.count && columns.offsets.count == columns.scales.count
        && columns.panels.count == columns.scales.count * columns.quads * 4, "the columns have one length")
    guard count > 0 else { return [] }
    let products =
      switch clone {
      case nil: unsafe rec_byte_products
      case .baseline: unsafe rec_byte_products_v1
      case .avx2: unsafe rec_byte_products_v3
      case .avx512: unsafe rec_byte_products_v4
      }
    let reachable =
      switch clone {
      case nil: unsafe rec_reachable
      case .baseline: unsafe rec_reachable_v1
      case .avx2: unsafe rec_reachable_v3
      case .avx512: unsafe rec_reachable_v4
      }
    let factors = rec_byte_user(scale: user.scale, error: user.error, length: user.length)
    // SAFETY: shapes were checked above; the pointers last for the call, and the kernel writes at most `count` places.
    var places = unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { sums in
      unsafe user.bytes.withUnsafeBufferPointer { bytes in
        unsafe columns.panels.withUnsafeBufferPointer { all in
          unsafe products(
            all.baseAddress.map { unsafe $0 + panels.lowerBound * panelSize }, panels.count, columns.quads,
            bytes.baseAddress, sums.baseAddress)
        }
      }
      return unsafe columns.scales.withUnsafeBufferPointer { scales in
        unsafe columns.lengths.withUnsafeBufferPointer { lengths in
          unsafe columns.errors.withUnsafeBufferPointer { errors in
            unsafe columns.offsets.withUnsafeBufferPointer { offsets in
              unsafe [Int32](unsafeUninitializedCapacity: count) { places, found in
                found = unsafe reachable(
                  sums.baseAddress, scales.baseAddress.map { unsafe $0 + first },
                  lengths.baseAddress.map { unsafe $0 + first }, errors.baseAddress.map { unsafe $0 + first },
                  offsets.baseAddress.map { unsafe $0 + first }, count, factors, threshold, places.baseAddress)
              }
            }
          }
        }
      }
    }
    for place in places.indices { places[place] += Int32(first) }
    return places
  }
}
