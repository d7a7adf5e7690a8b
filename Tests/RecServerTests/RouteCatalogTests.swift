import FoundationEssentials
import RecData
import RecServer
import Testing

/// The catalog of routes against its files.
@Suite struct RouteCatalogTests {
  @Test func `every file of a route has its line in the catalog`() throws {
    let root = String(#filePath.dropLast("Tests/RecServerTests/RouteCatalogTests.swift".count)) + "Sources/RecServer/"
    var written: Set<String> = []
    for folder in ["Routes", "Contracts"] {
      for file in try FileManager.default.subpathsOfDirectory(atPath: root + folder) where file.hasSuffix(".swift") {
        let text = try String(contentsOf: URL(filePath: root + folder + "/" + file), encoding: .utf8)
        for match in text.matches(of: #/Route\(\s*"([A-Z]+)", "(/[^"]*)"/#) {
          written.insert("\(match.output.1) \(match.output.2)")
        }
      }
    }
    let routes = Set(Served.service().routes.routes.map { "\($0.method) \($0.pattern.text)" })
    #expect(written.count > 15)
    #expect(written.subtracting(routes) == [])
  }

  @Test func `the description names every route with its parameters`() async throws {
    let response = try await Served.with { try await Served.get("/openapi.json", port: $0) }
    let paths = try #require(response.json?["paths"])
    for route in Served.service().routes.routes {
      #expect(paths[route.pattern.text]?[route.method.lowercased()] != nil, "\(route.method) \(route.pattern.text)")
    }
  }
}
