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
        "Escalation": ["Registry", "Telemetry"],
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
        "Feed": system.union(["Alarms", "Broker", "Logging", "Figures", "Pipeline", "Store", "Telemetry"]),
        "OperatorAPI": system.union([
            "AlarmFigures", "Alarms", "HTTPTypes", "Hummingbird", "Logging", "Figures", "Historian", "NIOCore",
            "NIOPosix", "Pipeline", "Registry", "Store", "Telemetry",
        ]),
        "Daemon": system.union([
            "AlarmFigures", "Alarms", "Broker", "Decoding", "Escalation", "Evidence", "Feed", "Figures", "Historian",
            "Logging", "OperatorAPI", "Pipeline", "Registry", "Settings", "Store", "Telemetry",
        ]),
        "hazardd": system.union(["ArgumentParser", "Daemon", "Registry", "Store", "Telemetry"]),
        "hazardctl": system.union([
            "AlarmFigures", "Alarms", "ArgumentParser", "AsyncHTTPClient", "Decoding", "Escalation", "Evidence",
            "Historian", "Incidents", "NIOCore", "NIOHTTP1", "NIOPosix", "OperatorAPI", "Pipeline", "Registry",
            "Rehearsal", "Replay", "Settings", "Store", "Telemetry",
        ]),
        "hazard-bench": system.union([
            "ArgumentParser", "Broker", "CAllocations", "CZstd", "Chunks", "Decoding", "GRDB", "Historian", "Pipeline",
            "Registry", "Settings",
            "Simulation", "Store",
            "Telemetry", "TestKit",
        ]),
        "hazard-sim": system.union(["ArgumentParser", "Broker", "Simulation", "Telemetry"]),
    ]
}
