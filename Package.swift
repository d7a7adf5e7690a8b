// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target: memory-safe code only; a pointer needs `unsafe`, which is an error outside the two targets below.
let safe: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatWarning("StrictMemorySafety", as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableExperimentalFeature("Lifetimes"),
]

/// The release program holds the Swift runtime, starts in a quarter of the time and runs where no Swift is.
///
/// The same as `swift build --static-swift-stdlib`, which compiles everything anew and cannot build tests. The libraries
/// are those that Foundation, which GRDB uses, needs when it is linked statically. At a fixed address, and with no names
/// for others to find, the loader has nothing to relocate in it: a fifth of the time to the prompt. Libraries, stack and
/// heap keep their random addresses; the program's own code has one only with `RECLINE_PIE=1`, for what listens to strangers.
let withSwiftInside: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-Xlinker", "--no-export-dynamic", "-lCoreFoundation", "-l_FoundationICU",
      "-l_FoundationCShims", "-l_FoundationCollections", "-lBlocksRuntime", "-lswiftSynchronization", "-lstdc++",
    ] + (Context.environment["RECLINE_PIE"] == nil ? ["-Xclang-linker", "-no-pie"] : []),
    .when(platforms: [.linux], configuration: .release))
]

/// Lets tests, which are built for release like the program, see what is internal to a module that has no hot loops.
let testable: [SwiftSetting] = [.unsafeFlags(["-enable-testing"], .when(configuration: .release))]

/// One module of the program; `Imports` run downward only.
func module(_ name: String, _ dependencies: [Target.Dependency], _ settings: [SwiftSetting] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: safe + settings)
}

/// The tests of one module.
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(name: name + "Tests", dependencies: dependencies, resources: resources, swiftSettings: safe)
}

/// What `Scripts/fuzz` builds; it links only where the compiler is told to bring libFuzzer.
let fuzzer: [Target] =
  Context.environment["RECLINE_FUZZ"] == nil
  ? []
  : [
    .target(name: "CFuzzer", path: "Tests/CFuzzer"),
    .executableTarget(
      name: "recline-fuzz", dependencies: ["FuzzedReaders", "RecData", "CFuzzer"], path: "Tests/Fuzz",
      // GNU's gold stumbles over the sanitizer's run-time library.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
  ]

let package = Package(
  name: "recline",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "recline", targets: ["recline"]),
    .executable(name: "recline-bench", targets: ["recline-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // Without its traits, and without its router and coders, it needs no Foundation, only FoundationEssentials.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(name: "CKernels"),
    .target(name: "CLibedit", linkerSettings: [.linkedLibrary("edit")]),
    .target(
      name: "COpenBLAS",
      linkerSettings: [
        .linkedLibrary("dl", .when(platforms: [.linux])),
        .linkedFramework("Accelerate", .when(platforms: [.macOS])),
      ]),
    .target(
      name: "CZlib",
      linkerSettings: [
        // The archive, so that the program needs no library more to start.
        .linkedLibrary(":libz.a", .when(platforms: [.linux])),
        .linkedLibrary("z", .when(platforms: [.macOS])),
      ]),
    module("RecKernels", ["CKernels", "COpenBLAS", "CZlib"]),
    module("RecSQLite", [.product(name: "GRDB", package: "GRDB.swift")]),
    module("RecAlgebra", ["RecKernels"]),
    module("RecData", ["RecSQLite", "RecAlgebra", "RecKernels"], testable),
    module("RecModels", ["RecData", "RecAlgebra", "RecKernels"]),
    module("RecEvaluation", ["RecModels", "RecData", "RecAlgebra", "RecKernels"]),
    module("RecLanguage", ["RecEvaluation", "RecModels", "RecData", "RecAlgebra", "RecKernels"], testable),
    module("RecNotebook", ["RecLanguage", "RecData", "RecKernels"], testable),
    module(
      "RecTerminal",
      [
        "RecNotebook", "RecLanguage", "RecEvaluation", "RecModels", "RecData", "RecAlgebra", "RecKernels", "CLibedit",
      ], testable),
    module(
      "RecServer",
      [
        "RecNotebook", "RecLanguage", "RecEvaluation", "RecModels", "RecData", "RecAlgebra", "RecKernels",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]),
    .executableTarget(
      name: "recline",
      dependencies: [
        "RecServer", "RecTerminal", "RecNotebook", "RecLanguage", "RecModels", "RecData", "RecKernels",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: safe,
      linkerSettings: withSwiftInside),
    .executableTarget(
      name: "recline-bench",
      dependencies: [
        "RecTerminal", "RecLanguage", "RecEvaluation", "RecModels", "RecData", "RecAlgebra", "RecKernels",
      ],
      swiftSettings: safe),
    tests("RecKernels", ["RecKernels", "RecAlgebra"], resources: [.copy("Reference")]),
    tests("RecData", ["RecData", "RecSQLite", "RecAlgebra", "RecKernels"], resources: [.copy("Reference")]),
    tests(
      "RecModels", ["RecModels", "RecData", "RecAlgebra", "RecKernels", "FuzzedReaders"],
      resources: [.copy("Reference")]),
    tests(
      "RecEvaluation", ["RecEvaluation", "RecModels", "RecData", "RecAlgebra", "RecKernels"],
      resources: [.copy("Reference")]),
    tests(
      "RecLanguage", ["RecLanguage", "RecEvaluation", "RecModels", "RecData", "RecKernels"],
      resources: [.copy("Diagnostics")]),
    tests("RecNotebook", ["RecNotebook", "RecLanguage", "RecKernels"]),
    tests(
      "RecServer",
      [
        "RecServer", "RecLanguage", "RecModels", "RecData", "RecAlgebra", "RecKernels",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(
      name: "FuzzedReaders", dependencies: ["RecModels", "RecData", "RecAlgebra", "RecKernels"],
      path: "Tests/FuzzedReaders",
      swiftSettings: safe),
    .target(name: "CPty", path: "Tests/CPty"),
    .executableTarget(
      name: "editor-echo", dependencies: ["RecTerminal"], path: "Tests/EditorEcho", swiftSettings: safe),
    // They run the built program too, but a dependency on it would link them as it is linked, without the testing library.
    tests("RecTerminal", ["RecTerminal", "RecNotebook", "RecLanguage", "RecKernels", "CPty", "editor-echo"]),
    tests("EndToEnd", []),
  ] + fuzzer,
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)
