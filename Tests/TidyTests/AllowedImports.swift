/// Which module may import what: the arrows of the architecture, downward only.
enum AllowedImports {
    private static let system: Set<String> = [
        "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization",
    ]

    /// The core sees time, identifiers and randomness as inputs and does no I/O: nothing of the system is allowed
    /// there.
    static let table: [String: Set<String>] = [
        "CAllocations": [],
        "CLinux": [],
        "CMosquitto": [],
        "CSimdjson": [],
        "CZstd": [],
        "Chunks": ["CZstd"],
        "Telemetry": ["CLinux", "Glibc"],
        "Alarms": ["Telemetry"],
        "AlarmFigures": ["Alarms", "Registry", "Telemetry"],
        "Escalation": ["DequeModule", "HeapModule", "Registry", "Telemetry"],
        "Pipeline": ["AlarmFigures", "Alarms", "Decoding", "Escalation", "HeapModule", "Registry", "Telemetry"],
        "Simulation": ["Glibc", "Telemetry"],
        "Settings": system.union(["Yams"]),
        "Registry": system.union(["Settings", "Telemetry"]),
        "Decoding": system.union(["CSimdjson", "Telemetry"]),
        "Store": system.union([
            "AlarmFigures", "Alarms", "Chunks", "Crypto", "Escalation", "GRDB", "GRDBSQLite", "Pipeline", "Registry",
            "Settings",
            "Telemetry",
        ]),
        "Historian": system.union(["Chunks", "GRDB", "GRDBSQLite", "Pipeline", "Store", "Telemetry"]),
        "Evidence": system.union(["Crypto", "Historian", "Pipeline", "Registry", "Settings", "Store", "Telemetry"]),
        "Incidents": system.union([
            "Alarms", "Crypto", "Evidence", "Historian", "Pipeline", "Registry", "Settings", "Store", "Telemetry",
        ]),
        "Replay": system.union([
            "Alarms", "Chunks", "Decoding", "Historian", "Pipeline", "Registry", "Settings", "Store", "Telemetry",
        ]),
        "Rehearsal": system.union([
            "Alarms", "Decoding", "Escalation", "Pipeline", "Registry", "Settings", "Telemetry",
        ]),
        "Broker": system.union(["CMosquitto", "Telemetry"]),
        "Figures": ["AlarmFigures", "Pipeline", "Synchronization"],
        "Feed": system.union([
            "Alarms", "Broker", "DequeModule", "Logging", "Figures", "Pipeline", "Store", "Telemetry",
        ]),
        "Webhooks": system.union([
            "Alarms", "AsyncHTTPClient", "Crypto", "Figures", "Logging", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL",
            "Settings", "Telemetry",
        ]),
        "OperatorAPI": system.union([
            "AlarmFigures", "Alarms", "Crypto", "Escalation", "Figures", "HTTPTypes", "Historian", "Hummingbird",
            "HummingbirdCore", "HummingbirdTLS", "Logging", "NIOCore", "NIOPosix", "NIOSSL", "Pipeline", "Registry",
            "Settings", "Store", "Telemetry",
        ]),
        "Daemon": system.union([
            "AlarmFigures", "Alarms", "Broker", "Decoding", "Escalation", "Evidence", "Feed", "Figures", "Historian",
            "Logging", "OperatorAPI", "Pipeline", "Registry", "Settings", "Store", "Telemetry", "Webhooks",
        ]),
        "hazardd": system.union(["ArgumentParser", "Daemon", "Registry", "Store", "Telemetry"]),
        "hazardctl": system.union([
            "AlarmFigures", "Alarms", "ArgumentParser", "AsyncHTTPClient", "Decoding", "Escalation", "Evidence",
            "Historian", "Incidents", "NIOCore", "NIOHTTP1", "NIOPosix", "OperatorAPI", "Pipeline", "Registry",
            "Rehearsal", "Replay", "Settings", "Store", "Telemetry", "Webhooks",
        ]),
        "hazard-bench": system.union([
            "ArgumentParser", "AsyncHTTPClient", "Broker", "CAllocations", "CZstd", "Chunks", "Decoding", "GRDB",
            "Historian", "NIOCore", "NIOHTTP1", "Pipeline",
            "Registry", "Settings",
            "Simulation", "Store",
            "Telemetry", "TestKit",
        ]),
        "hazard-sim": system.union(["ArgumentParser", "Broker", "Simulation", "Telemetry"]),
    ]
}
