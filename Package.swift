// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "hazardd",
    products: [
        .executable(name: "hazardd", targets: ["hazardd"]),
        .executable(name: "hazardctl", targets: ["hazardctl"]),
        .executable(name: "hazard-sim", targets: ["hazard-sim"]),
        .executable(name: "hazard-bench", targets: ["hazard-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        .systemLibrary(name: "CMosquitto", providers: [.apt(["libmosquitto-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CLinux"),
        .target(name: "CAllocations"),
        .target(name: "Telemetry", dependencies: ["CLinux"]),
        .target(name: "Settings", dependencies: [.product(name: "Yams", package: "Yams")]),
        .target(
            name: "Registry", dependencies: ["Settings", "Telemetry"],
            resources: [.embedInCode("standards-2026.yaml")]),
        .target(
            name: "Escalation",
            dependencies: [
                "Registry", "Telemetry", .product(name: "HeapModule", package: "swift-collections"),
            ]),
        .target(name: "Alarms", dependencies: ["Telemetry"]),
        .target(name: "AlarmFigures", dependencies: ["Alarms", "Registry", "Telemetry"]),
        .target(name: "Decoding", dependencies: ["CSimdjson", "Telemetry"]),
        .target(
            name: "Pipeline",
            dependencies: [
                "AlarmFigures", "Alarms", "Decoding", "Escalation", "Registry", "Telemetry",
                .product(name: "HeapModule", package: "swift-collections"),
            ]),
        .target(
            name: "Store",
            dependencies: [
                "AlarmFigures", "Alarms", "Chunks", "Escalation", "Pipeline", "Registry", "Settings", "Telemetry",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(name: "Chunks", dependencies: ["CZstd"]),
        .target(
            name: "Historian",
            dependencies: ["Chunks", "Pipeline", "Store", "Telemetry", .product(name: "GRDB", package: "GRDB.swift")]),
        .target(
            name: "Evidence",
            dependencies: [
                "Historian", "Pipeline", "Registry", "Settings", "Store", "Telemetry",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(
            name: "Incidents",
            dependencies: [
                "Alarms", "Evidence", "Historian", "Pipeline", "Registry", "Settings", "Store", "Telemetry",
                .product(name: "Crypto", package: "swift-crypto"),
            ], resources: [.embedInCode("verify.py")]),
        .target(
            name: "Replay",
            dependencies: [
                "Alarms", "Chunks", "Decoding", "Historian", "Pipeline", "Registry", "Settings", "Store", "Telemetry",
            ]),
        .target(name: "Broker", dependencies: ["CMosquitto"]),
        .target(name: "Figures", dependencies: ["AlarmFigures", "Pipeline"]),
        .target(
            name: "Feed",
            dependencies: [
                "Alarms", "Broker", "Figures", "Pipeline", "Store", "Telemetry",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "Webhooks",
            dependencies: [
                "Alarms", "Figures", "Settings", "Telemetry",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        .target(
            name: "OperatorAPI",
            dependencies: [
                "AlarmFigures", "Alarms", "Escalation", "Figures", "Historian", "Pipeline", "Registry", "Settings",
                "Store", "Telemetry",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            resources: [
                .embedInCode("openapi.yaml"), .embedInCode("event.schema.json"), .embedInCode("kpi.schema.json"),
            ]),
        .target(
            name: "Daemon",
            dependencies: [
                "AlarmFigures", "Alarms", "Broker", "Decoding", "Escalation", "Evidence", "Feed", "Figures",
                "Historian", "OperatorAPI", "Pipeline", "Registry", "Settings", "Store", "Telemetry", "Webhooks",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "Rehearsal",
            dependencies: ["Alarms", "Decoding", "Escalation", "Pipeline", "Registry", "Settings", "Telemetry"]),
        .target(name: "Simulation", dependencies: ["Telemetry"]),
        .executableTarget(
            name: "hazardd",
            dependencies: [
                "Daemon", "Registry", "Store", "Telemetry",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "hazardctl",
            dependencies: [
                "AlarmFigures", "Alarms", "Decoding", "Escalation", "Evidence", "Historian", "Incidents", "OperatorAPI",
                "Pipeline", "Registry", "Rehearsal", "Replay", "Settings", "Store", "Telemetry", "Webhooks",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        .executableTarget(
            name: "hazard-sim",
            dependencies: [
                "Broker", "Simulation", "Telemetry", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "hazard-bench",
            dependencies: [
                "Broker", "CAllocations", "CZstd", "Chunks", "Decoding", "Historian", "Pipeline", "Registry",
                "Settings", "Simulation", "Store",
                "Telemetry", "TestKit", .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            exclude: ["README.md"]),
        .target(
            name: "TestKit", dependencies: ["Broker"], path: "Tests/TestKit",
            exclude: ["check_webhooks.py", "webhook_receiver.py"]),
        .target(
            name: "StateKit",
            dependencies: [
                "Alarms", "Evidence", "Historian", "Pipeline", "Registry", "Settings", "Store", "Telemetry", "TestKit",
            ], path: "Tests/StateKit"),
        .testTarget(name: "TidyTests"),
        .testTarget(name: "ChunksTests", dependencies: ["Chunks", "TestKit"], exclude: ["decode_columns.py"]),
        .testTarget(name: "SettingsTests", dependencies: ["Settings"]),
        .testTarget(name: "RegistryTests", dependencies: ["Registry", "Settings", "TestKit"]),
        .testTarget(name: "AlarmsTests", dependencies: ["Alarms", "Telemetry"]),
        .testTarget(name: "AlarmFiguresTests", dependencies: ["AlarmFigures", "Alarms", "Registry", "Telemetry"]),
        .testTarget(name: "EscalationTests", dependencies: ["Escalation", "Registry", "Telemetry"]),
        .testTarget(name: "DecodingTests", dependencies: ["Decoding", "Telemetry"]),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "AlarmFigures", "Alarms", "Decoding", "Escalation", "Pipeline", "Registry", "Rehearsal", "Settings",
                "Telemetry", "TestKit",
            ]),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "AlarmFigures", "Alarms", "Escalation", "Pipeline", "Registry", "Settings", "Store", "Telemetry",
                "TestKit",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "HistorianTests",
            dependencies: ["Chunks", "Evidence", "Historian", "StateKit", "Store", "Telemetry", "TestKit"]),
        .testTarget(
            name: "EvidenceTests",
            dependencies: [
                "Evidence", "Historian", "Registry", "StateKit", "Store", "Telemetry", "TestKit",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "IncidentsTests",
            dependencies: [
                "Alarms", "Evidence", "Historian", "Incidents", "Pipeline", "Registry", "Settings", "Store",
                "Telemetry",
                "TestKit",
            ]),
        .testTarget(name: "RehearsalTests", dependencies: ["Rehearsal", "Registry", "Settings", "TestKit"]),
        .testTarget(
            name: "ReplayTests",
            dependencies: [
                "Alarms", "Decoding", "Evidence", "Historian", "Pipeline", "Registry", "Replay", "Settings", "StateKit",
                "Store", "Telemetry", "TestKit",
            ]),
        .testTarget(name: "BrokerTests", dependencies: ["Broker", "TestKit"]),
        .testTarget(
            name: "OperatorAPITests",
            dependencies: [
                "AlarmFigures", "Alarms", "Escalation", "Figures", "Historian", "OperatorAPI", "Pipeline", "Registry",
                "Settings", "Store", "Telemetry", "TestKit",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),
        .testTarget(name: "DaemonTests", dependencies: ["Daemon", "Registry", "Settings", "TestKit"]),
        .testTarget(name: "FiguresTests", dependencies: ["Figures"]),
        .testTarget(name: "FeedTests", dependencies: ["Feed", "Pipeline", "Telemetry"]),
        .testTarget(
            name: "WebhooksTests",
            dependencies: [
                "Alarms", "Figures", "Settings", "Telemetry", "TestKit", "Webhooks",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(name: "SimulationTests", dependencies: ["Simulation"]),
        .testTarget(name: "SpineTests", dependencies: ["Alarms", "Broker", "Simulation", "TestKit"]),
    ],
    cxxLanguageStandard: .cxx17
)

/// Every Swift target is compiled alike: strict about memory, imports and warnings.
let strictness: [SwiftSetting] = [
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// The executables carry the Swift runtime, so that they run on machines that have none. The libraries named are what
/// Foundation itself needs then, in the order the linker wants.
let runtime: [LinkerSetting] =
    [.unsafeFlags(["-static-stdlib", "-use-ld=lld"])]
    + ["CoreFoundation", "_FoundationICU", "_FoundationCShims", "_FoundationCollections"].map { .linkedLibrary($0) }

for target in package.targets where ["hazardd", "hazardctl", "hazard-sim"].contains(target.name) {
    target.linkerSettings = runtime
}

for target in package.targets
where target.type != .system && !["CAllocations", "CLinux", "CSimdjson"].contains(target.name) {
    target.swiftSettings = strictness
}
