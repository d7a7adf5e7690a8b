/// The formats that `load` recognises, the more particular first.
package enum FormatCatalog {
  package static let all: [DataFormat] = [
    .movieLens100k,
    .movieLens1m,
    .movieLensLatest,
    .lightGCN,
    .delimited,
  ]

  /// The files by which a folder is recognised, one phrase a format.
  package static var recognizedFiles: [String] {
    all.map { format in
      let names = format.required.map { $0.joined(separator: " or ") }.joined(separator: " with ")
      return "\(names) (\(format.name))"
    }
  }

  /// The layout of a file that goes by a known name.
  static func layout(ofFile name: String) -> (format: DataFormat, layout: FileLayout)? {
    for format in all {
      if let layout = format.layouts.first(where: { $0.names.contains(name) }) { return (format, layout) }
    }
    return nil
  }
}
