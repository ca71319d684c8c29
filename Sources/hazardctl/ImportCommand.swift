import ArgumentParser
import Decoding
import Evidence
import Registry
import Settings
import Store
import Telemetry

/// `hazardctl import`
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Put samples that were recorded elsewhere on record, such as a black box's memory card.",
        discussion: """
            FILE is CSV with a header and the columns point, t_ms, value and, if there is one, quality, in any order. \
            point is SITE/POINT; POINT alone does where one site of the registry only has it. t_ms is UTC milliseconds, an \
            empty value says that there was none, and quality is the OPC byte, 192 without one.

            The samples are late by definition: they raise and end no alarm, and move no point's newest sample. What is on \
            record already is kept and merged, so that a file may be imported again. Names that are no points are refused \
            before anything is written; lines that cannot be read are left out and listed.

            At the end it tells which of the registry's H, HH, L and LL limits the samples would have alarmed, each point \
            from normal on, with deadband and delays by the samples' own times.
            """)

    @Argument(help: "The CSV file.")
    var file: String

    @Flag(help: "Leave samples of unknown points out, and count them.")
    var skipUnknown = false

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let configuration = try node.configuration()
        let now = SystemClock.now().wall
        let latest = now + SampleTextReader.lead
        let survey = try ImportSurvey(file, latest: latest)
        let targets = try ImportTargets(survey, configuration.registry, skipsUnknown: skipUnknown)
        var run = ImportRun(file, latest: latest, survey, targets, configuration.registry)
        let socket = ControlSocket(StateFolder(configuration.settings.stateDirectory).controlSocket)
        switch await socket.probe() {
        case .listening:
            let client = ControlClient(socket: socket)
            try await run.store(in: DaemonSink(client: client, registry: configuration.registry))
        case .nobody:
            let sink = OfflineSink(node: try offline(configuration, socket))
            do {
                try await run.store(in: sink)
            } catch {
                try? sink.finish()
                throw error
            }
            try sink.finish()
        case .closed(let reason):
            throw CommandFailure("control socket \(socket.path) cannot be used: \(reason)")
        }
        let report = ImportReport(
            run: run, registry: configuration.registry, time: LocalTime(configuration.settings.timeZone))
        format == .json ? StandardOutput.print(report.json) : report.show()
    }

    private func offline(_ configuration: Configuration, _ socket: ControlSocket) throws -> OfflineNode {
        var random = SystemRandomNumberGenerator()
        do {
            return try OfflineNode(configuration, command: "import", seed: random.next(), at: SystemClock.now())
        } catch let error as StoreError where error.kind == .locked {
            throw CommandFailure(
                .unreachable,
                "nobody answers at \(socket.path), yet a process holds the state: \(error). "
                    + "If hazardd is just starting, try again")
        }
    }
}
