import FoundationEssentials

/// The path of a file that another program made; the script beside it says how.
func referencePath(_ name: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference").appending(path: name).path
}
