package import RecKernels

/// Reads files or a folder of ratings, or tables of items or users.
///
/// - Parameter paths: files that are read as one, or one folder; `*`, `?` and `[a-z]` stand for the files that fit, `-`
///   for the standard input.
/// - Throws: `DataError` for what is wrong with the files or the options, `Cancelled` when asked to stop.
package func load(_ paths: [String], options: LoadOptions = LoadOptions(), execution: Execution) throws -> Loaded {
  let sources = try LoadSources(paths, options: options, execution: execution)
  return try LoadedFiles(sources, options: options, execution: execution).joined()
}

/// Reads a file or a folder of ratings, or a table of items or users.
package func load(_ path: String, options: LoadOptions = LoadOptions(), execution: Execution) throws -> Loaded {
  try load([path], options: options, execution: execution)
}
