import FoundationEssentials
import RecKernels
import Testing

@testable import RecData

struct FormatCatalogTests {
  private static func files(in folder: String) throws -> [String] {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try folderNames(package.path + "/Sources/RecData/" + folder).filter { $0.hasSuffix(".swift") }
  }

  @Test func `has a line for each format's file`() throws {
    let files = try Self.files(in: "Formats").filter { !["DataFormat.swift", "FormatCatalog.swift"].contains($0) }
    #expect(files.count == FormatCatalog.all.count)
    #expect(FormatCatalog.recognizedFiles.count == FormatCatalog.all.count)
  }

  @Test func `has a line for each table writer's file`() throws {
    let shared = ["TableRows.swift", "TableFormat.swift", "DatasetRows.swift"]
    let files = try Self.files(in: "TableWriters").filter { !shared.contains($0) }
    #expect(files.count == TableFormat.all.count)
  }
}
