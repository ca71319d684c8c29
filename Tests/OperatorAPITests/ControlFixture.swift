import AlarmFigures
import Alarms
import AsyncHTTPClient
import Figures
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import OperatorAPI
import Pipeline
import Registry
import Settings
import Store
import Telemetry
import TestKit

/// A node's HTTP interface over a state of its own with two events and one standing alarm, on a control socket and, where
/// asked for, over TCP.
struct ControlFixture {
    struct Answer {
        let status: UInt
        let type: String?
        let headers: HTTPHeaders
        let text: String
        let json: [String: Any]
    }

    static let episode = ULID(high: 3, low: 4)

    let temporary: TemporaryFolder
    let database: StateDatabase
    let log: EventLog
    let inbox = InboxStandIn()
    let escalations = EscalationStandIn()
    let history = HistoryStandIn()
    let board = FigureBoard(startedAt: SystemClock.now().monotonic)
    let rules: RegistryInForce
    let tally = RequestTally()
    let tail: EventTail
    let desk: TokenDesk
    let routes: NodeRoutes
    let server: ControlServer

    var socket: String { temporary.file("control.sock") }

    /// - Parameters:
    ///   - tokens: of the TCP listener; nil for no tokens file.
    ///   - bounds: of streams.
    init(tokens: [AccessToken]? = nil, bounds: EventTail.Bounds = EventTail.Bounds()) throws {
        temporary = try TemporaryFolder("hazardd-api")
        let folder = StateFolder(temporary.path)
        database = try StateDatabase(folder, durability: .full)
        try database.adopt(Registry())
        log = EventLog(database)
        try log.raise(AlarmSubject(site: "shengli", object: "LT-1", condition: .highHigh), ControlFixture.episode)
        try log.add(1, site: "shengli")
        let configuration = try ControlFixture.configuration(in: temporary)
        let basis = FigureBasis(configuration)
        let reader = database.reader
        let logger = Logger(label: "test")
        rules = RegistryInForce(configuration)
        tail = EventTail(reader: reader, tally: tally, bounds: bounds, logger: logger)
        desk = TokenDesk(tokens, tally: tally, at: SystemClock.now(), logger: logger)
        let gate = QueryGate()
        routes = NodeRoutes(
            health: HealthRoutes(node: "n1", reader: reader, board: board, tally: tally) {
                QueueFigures(requests: 1, requestBound: 9, publicationBound: 500, freeBytes: 1 << 40)
            },
            operators: OperatorRoutes(reader: reader, rules: rules, inbox: inbox, history: history),
            alarms: AlarmRoutes(reader: reader, rules: rules),
            events: EventRoutes(reader: reader, rules: rules, tail: tail),
            points: PointRoutes(rules: rules, reader: reader, gate: gate),
            samples: SampleRoutes(rules: rules, reader: reader, folder: folder, gate: gate),
            hazardSources: HazardSourceRoutes(rules, reader: reader, folder: folder),
            figures: FigureRoutes(rules: rules, desk: FigureDesk(node: "n1", reader: reader) { basis }),
            audit: AuditRoutes(reader: reader), consumers: ConsumerRoutes(reader: reader, inbox: inbox),
            escalations: EscalationRoutes(reader: reader, desk: escalations) { [rules] in
                rules.isSeen($1, by: $0)
            },
            reload: ReloadRoutes { _, _ in .unchanged }, tally: tally)
        server = ControlServer(socketPath: temporary.file("control.sock"), routes: routes, logger: logger)
    }

    /// Two sites in different counties, each with a hazard source whose substance is measured by a point.
    static func configuration(in folder: TemporaryFolder, quantity: Int = 40) throws -> Configuration {
        try folder.write("node: n1\nbroker: {urls: [mqtt://127.0.0.1]}\nregistry: sites\n", to: "hazardd.yaml")
        for (site, area) in [("shengli", "dongying/kenli/shengtuo"), ("gudao", "dongying/hekou/gudao")] {
            try folder.write(
                """
                site: \(site)
                area: \(area)
                points_file: \(site).csv
                hazard_sources:
                  - source: TF-1
                    name: {zh: 液氨罐组}
                    residents_within_500m: 60
                    substances: [{name: ammonia, quantity_t: \(quantity), quantity_point: QI-1}]
                """, to: "sites/\(site).yaml")
            try folder.write("point,gateway,tag,unit\nQI-1,gw-\(site),q,t\n", to: "sites/\(site).csv")
        }
        return try Configuration.load(settingsFile: folder.file("hazardd.yaml"), environment: [:])
    }

    /// Runs `body` while the control socket is served, and waits for its end.
    func whileServing(_ body: () async throws -> Void) async throws {
        try await ControlFixture.serve { [server] listening in
            try await server.run { listening(0) }
        } during: { _ in
            try await body()
        }
    }

    /// Runs `body` while a port is listened on, told the address of what is served there.
    func whileListening(
        certificates: ServerCertificates? = nil, patience: TimeAmount = WebServer.patience,
        _ body: (String) async throws -> Void
    ) async throws {
        let web = WebServer(
            host: "127.0.0.1", port: 0, certificates: certificates, routes: routes, desk: desk, patience: patience,
            logger: Logger(label: "test"))
        try await ControlFixture.serve { listening in
            try await web.run(whenListening: listening)
        } during: { port in
            try await body("\(certificates == nil ? "http" : "https")://127.0.0.1:\(port)")
        }
    }

    private static func serve(
        _ run: @escaping @Sendable (_ listening: @escaping @Sendable (Int) -> Void) async throws -> Void,
        during body: (_ port: Int) async throws -> Void
    ) async throws {
        let (listening, started) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        let task = Task {
            defer { started.finish() }
            try await run { started.yield($0) }
        }
        var port = 0
        for await listened in listening {
            port = listened
            break
        }
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(port))
        } catch {
            result = .failure(error)
        }
        task.cancel()
        _ = await task.result
        try result.get()
    }

    func get(_ path: String) async throws -> Answer {
        try await ask(.GET, path, nil)
    }

    func post(_ path: String, _ body: String? = nil) async throws -> Answer {
        try await ask(.POST, path, body)
    }

    func ask(_ method: HTTPMethod, _ path: String, _ body: String? = nil) async throws -> Answer {
        guard let url = URL(httpURLWithSocketPath: socket, uri: path) else { throw TestKitError("no URL: \(path)") }
        return try await ControlFixture.ask(method, url.absoluteString, body: body)
    }

    /// Asks whoever listens at an address.
    static func ask(
        _ method: HTTPMethod, _ url: String, token: String? = nil, body: String? = nil,
        headers: [(String, String)] = []
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = method
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let type = response.headers.first(name: "content-type")
        // A stream has no end to wait for.
        let bytes = type == "text/event-stream" ? ByteBuffer() : try await response.body.collect(upTo: 1 << 24)
        let json = try? JSONSerialization.jsonObject(with: Data(bytes.readableBytesView)) as? [String: Any]
        return Answer(
            status: response.status.code, type: type, headers: response.headers, text: String(buffer: bytes),
            json: json ?? [:])
    }
}
