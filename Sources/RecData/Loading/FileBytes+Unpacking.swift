import RecKernels

extension FileBytes {
  /// The content of a gzip file.
  ///
  /// - Parameter name: What the file is called in errors.
  /// - Throws: `DataError`, `Cancelled`.
  func unpacked(name: String, _ execution: Execution) throws -> FileBytes {
    do throws(GzipFailure) {
      return try unpacked(execution)
    } catch {
      switch error {
      case .truncated: throw DataError.damaged(path: name, reason: "its gzip data ends too early")
      case .corrupt(let place):
        throw DataError.damaged(path: name, reason: "its gzip data is wrong at byte \(place + 1), or its check sum is")
      case .tooLarge(let limit): throw DataError.tooMany(path: name, what: "megabytes when unpacked", limit: limit)
      case .noMemory: throw DataError.unreadable(path: name, reason: "there is not enough memory to unpack it")
      case .cancelled: throw Cancelled()
      }
    }
  }
}
