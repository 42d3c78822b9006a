// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of ours is built with: Swift 6 mode, explicit existentials, private imports, no warning.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

/// The pages that stand beside the code they describe, which the package manager is not to wonder about.
func pages(_ folders: String...) -> [String] { folders.map { $0.isEmpty ? "README.md" : $0 + "/README.md" } }

let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")

func hummingbird(_ name: String) -> Target.Dependency { .product(name: name, package: "hummingbird") }
func nio(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-nio") }

let systemLibraries: [Target] = [
    .systemLibrary(name: "CLibUSB", pkgConfig: "libusb-1.0", providers: [.apt(["libusb-1.0-0-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CLinux"),
    // The files of hwprofiles/lists, taken in by the compiler.
    .target(name: "CHardwareLists"),
    // The templates, the style sheet and the script of the console.
    .target(name: "CConsoleFiles"),
]

let libraries: [Target] = [
    // A cursor that stores a RawSpan needs the experimental feature; it stays inside this one module.
    .target(name: "AssayBytes", swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]),
    .target(name: "AssayModel", dependencies: [crypto], swiftSettings: strict),
    .target(name: "AssayHost", dependencies: ["CLinux", "AssayModel"], swiftSettings: strict),
    .target(
        name: "AssayProbes",
        dependencies: ["AssayBytes", "AssayHost", "AssayModel", "CLibUSB", "CLinux", asn1, crypto],
        exclude: pages(
            "BoardBuses", "Correlation", "DeviceClasses", "DeviceTree", "Display", "EFI", "Firmware", "Kernel",
            "MemoryModules",
            "Network", "PCI", "Power", "Processor", "SMBIOS", "Storage", "Sysfs", "TPM", "USB", "Virtualization"),
        swiftSettings: strict),
    .target(
        name: "AssayPackages", dependencies: ["AssayBytes", "AssayHost", "AssayModel"], exclude: pages(""),
        swiftSettings: strict),
    .target(
        name: "AssayFiles",
        dependencies: ["AssayBytes", "AssayHost", "AssayModel", "AssayPackages", "CLinux", "CZlib", crypto],
        exclude: pages(""), swiftSettings: strict),
    .target(
        name: "AssayReport", dependencies: ["AssayModel", "CZlib", crypto], swiftSettings: strict),
    .target(
        name: "AssayTraceability", dependencies: ["AssayBytes", "AssayModel", "COpenSSL"], exclude: pages(""),
        swiftSettings: strict),
    .target(
        name: "AssayRules", dependencies: ["AssayModel", "AssayTerminal", "CHardwareLists"],
        exclude: pages("Matching", "Signals", "Suppliers"),
        swiftSettings: strict),
    .target(
        name: "AssayAgent",
        dependencies: [
            "AssayFiles", "AssayHost", "AssayModel", "AssayPackages", "AssayProbes", "AssayReport", "AssayRules",
            "CCurl", "CLinux", asn1, crypto, logging,
        ], exclude: pages("State", "Delivery"), swiftSettings: strict),
    .target(name: "AssayAccounts", dependencies: ["AssayReport", crypto, cryptoExtras], swiftSettings: strict),
    .target(
        name: "AssayStore", dependencies: ["AssayAccounts", "AssayModel", "AssayReport"], swiftSettings: strict),
    .target(
        name: "AssayStoreSQLite",
        dependencies: ["AssayAccounts", "AssayBytes", "AssayModel", "AssayReport", "AssayStore", grdb],
        exclude: pages(""), swiftSettings: strict),
    .target(
        name: "AssayConsole", dependencies: ["AssayModel", "AssayTerminal", "CConsoleFiles", crypto, mustache],
        exclude: ["Static", "Templates"], swiftSettings: strict),
    .target(
        name: "AssayCollector",
        dependencies: [
            "AssayAccounts", "AssayBytes", "AssayConsole", "AssayModel", "AssayReport", "AssayRules", "AssayStore",
            "AssayTraceability", asn1, crypto,
            lifecycle, logging, nioSSL, x509, hummingbird("Hummingbird"), hummingbird("HummingbirdCore"),
            hummingbird("HummingbirdTLS"), nio("NIOCore"), nio("NIOTLS"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        ], swiftSettings: strict),
    .target(name: "AssayTerminal", swiftSettings: strict),
    .target(
        name: "AssayNames", dependencies: ["AssayHost", "AssayModel", "AssayTerminal"], swiftSettings: strict),
    .target(name: "AssayTestKit", dependencies: ["AssayBytes", "AssayHost", "AssayModel"], swiftSettings: strict),
]

/// What keeps the agent small; docs/decisions/0004 has the figures.
///
/// Nothing is exported, so that the linker can leave out what is not reached; equal functions are
/// folded; relocations are packed, which wants glibc 2.36 as Debian 12 has it.
let small =
    ["-use-ld=lld"]
    + ["--gc-sections", "--icf=safe", "--no-export-dynamic", "-z", "pack-relative-relocs"]
    .flatMap { ["-Xlinker", $0] }

/// Unwinding tables are for whoever debugs; a program as it is shipped does without.
let withoutUnwindTables = [
    "--no-eh-frame-hdr", "-T", Context.packageDirectory + "/agent/packaging/no-unwind-tables.ld",
]
.flatMap { ["-Xlinker", $0] }

let executables: [Target] = [
    .executableTarget(
        name: "assay-agent",
        dependencies: [
            "AssayAgent", "AssayFiles", "AssayModel", "AssayNames", "AssayReport", "AssayRules", "AssayTerminal",
            "AssayTraceability", argumentParser, logging,
        ],
        path: "agent/Sources",
        swiftSettings: strict,
        linkerSettings: [
            .unsafeFlags(small), .unsafeFlags(withoutUnwindTables, .when(configuration: .release)),
        ]),
    .executableTarget(
        name: "assay-collector",
        dependencies: [
            "AssayAccounts", "AssayCollector", "AssayHost", "AssayModel", "AssayNames", "AssayReport", "AssayStore",
            "AssayStoreSQLite", "AssayTerminal", "AssayTraceability", argumentParser, logging,
        ],
        path: "collector/Sources", swiftSettings: strict),
]

let benchmarks: [Target] = [
    .executableTarget(
        name: "reconcile-benchmark", dependencies: ["AssayModel", "AssayRules"], path: "Benchmarks/Reconcile",
        swiftSettings: strict),
    .executableTarget(
        name: "fleet-benchmark",
        dependencies: [
            "AssayCollector", "AssayModel", "AssayReport", "AssayRules", "AssayStore", "AssayStoreSQLite", crypto,
            logging,
        ], path: "Benchmarks/Fleet", swiftSettings: strict),
]

let base = ["AssayBytes", "AssayHost", "AssayModel", "AssayTestKit"].map { Target.Dependency(stringLiteral: $0) }

let tests: [Target] = [
    .testTarget(name: "AssayBytesTests", dependencies: ["AssayBytes", "AssayTestKit"], swiftSettings: strict),
    .testTarget(name: "AssayModelTests", dependencies: ["AssayModel"], swiftSettings: strict),
    .testTarget(name: "AssayAccountsTests", dependencies: ["AssayAccounts"], swiftSettings: strict),
    .testTarget(name: "AssayHostTests", dependencies: base + ["CLinux"], swiftSettings: strict),
    .testTarget(name: "AssayTerminalTests", dependencies: ["AssayTerminal"], swiftSettings: strict),
    .testTarget(name: "AssayNamesTests", dependencies: base + ["AssayNames"], swiftSettings: strict),
    .testTarget(name: "AssayProbesTests", dependencies: base + ["AssayProbes"], swiftSettings: strict),
    .testTarget(name: "AssayPackagesTests", dependencies: base + ["AssayPackages"], swiftSettings: strict),
    .testTarget(
        name: "AssayFilesTests", dependencies: base + ["AssayFiles", "AssayPackages", crypto], swiftSettings: strict),
    .testTarget(
        name: "AssayReportTests", dependencies: base + ["AssayReport", crypto], swiftSettings: strict),
    .testTarget(
        name: "AssayRulesTests", dependencies: base + ["AssayProbes", "AssayRules", "AssayTraceability"],
        swiftSettings: strict),
    .testTarget(
        name: "AssayTraceabilityTests", dependencies: base + ["AssayTraceability"], swiftSettings: strict),
    .testTarget(
        name: "AssayAgentTests",
        dependencies: base + ["AssayAgent", "AssayFiles", "AssayProbes", "AssayReport", "CCurl", crypto, logging],
        swiftSettings: strict),
    .testTarget(
        name: "AssayStoreTests",
        dependencies: base + ["AssayAccounts", "AssayReport", "AssayStore", "AssayStoreSQLite", grdb],
        swiftSettings: strict),
    .testTarget(
        name: "AssayCollectorTests",
        dependencies: base + [
            "AssayAccounts", "AssayCollector", "AssayReport", "AssayStore", "AssayStoreSQLite", asn1, crypto, grdb,
            lifecycle,
            logging, nioSSL, x509, hummingbird("Hummingbird"), nio("NIOCore"), nio("NIOHTTP1"), nio("NIOPosix"),
        ], swiftSettings: strict),
    .testTarget(
        name: "AssayConsoleTests", dependencies: ["AssayConsole", "AssayModel"], swiftSettings: strict),
    .testTarget(
        name: "EndToEndTests",
        dependencies: base + ["AssayReport", crypto, nioSSL, nio("NIOCore"), nio("NIOPosix")],
        path: "Tests/EndToEnd", swiftSettings: strict),
]

let package = Package(
    name: "assay",
    products: [
        .executable(name: "assay-agent", targets: ["assay-agent"]),
        .executable(name: "assay-collector", targets: ["assay-collector"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: systemLibraries + libraries + executables + benchmarks + tests
)
