import ArgumentParser

/// `hazard-bench ingest`
struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "How fast telemetry is decoded, evaluated and put on disk, in process and through a broker.")

    @OptionGroup var options: BenchOptions

    @Option(help: ArgumentHelp("Points of ingest.points.", valueName: "count"))
    var points = [1_000, 10_000, 100_000, 1_000_000]

    @Option(help: ArgumentHelp("Messages of a run through the broker.", valueName: "count"))
    var messages = 100_000

    @Option(help: ArgumentHelp("full or normal, as commit.durability.", valueName: "durability"))
    var durability = "full"

    func run() throws {
        if options.wants("ingest.mqtt") {
            for batch in [50, 1] {
                try MQTTIngest(batch: batch, messages: messages, durability: durability).run(options)
            }
        }
        try CompactionIngest.run(options)
        try CoreIngest.run(points: points, durability: durability, options)
        try MemoryIngest.run(points: points, options)
    }
}
