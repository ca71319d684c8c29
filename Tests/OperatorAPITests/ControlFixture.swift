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

/// A control server over a state of its own with two events and one standing alarm.
struct ControlFixture {
    struct Answer {
        let status: UInt
        let type: String?
        let json: [String: Any]
    }

    static let episode = ULID(high: 3, low: 4)

    let temporary: TemporaryFolder
    let database: StateDatabase
    let inbox = InboxStandIn()
    let history = HistoryStandIn()
    let board = FigureBoard(startedAt: SystemClock.now().monotonic)
    let hazardSources: HazardSourceRoutes
    let server: ControlServer

    var socket: String { temporary.file("control.sock") }

    init() throws {
        temporary = try TemporaryFolder("hazardd-api")
        let folder = StateFolder(temporary.path)
        database = try StateDatabase(folder, durability: .full)
        try database.adopt(Registry())
        var effects = Effects()
        let alarm = Alarm(
            subject: AlarmSubject(site: "shengli", object: "LT-1", condition: .highHigh),
            episode: ControlFixture.episode, machine: AlarmMachine(state: .unacknowledged), priority: .critical,
            receivedAt: 5, raisedAt: 5)
        effects.alarms = [alarm.subject: alarm]
        effects.events = (1...2).map { number in
            Event(
                node: "n1", sequence: number, previous: nil, id: ULID(high: 1, low: UInt64(number)),
                type: "hazard.alarm.raised.v1", site: "shengli", subject: alarm.subject.description, time: 5,
                data: alarm.json())
        }
        try database.commit(effects, gatewayRecord: { _ in GatewayRecord() }, at: 5)
        let configuration = try ControlFixture.configuration(in: temporary)
        let basis = FigureBasis(configuration)
        hazardSources = HazardSourceRoutes(configuration, reader: database.reader, folder: folder)
        server = ControlServer(
            socketPath: temporary.file("control.sock"), reader: database.reader, inbox: inbox,
            history: history, figures: FigureDesk(node: "n1", reader: database.reader) { basis },
            health: HealthRoutes(node: "n1", reader: database.reader, board: board) {
                QueueFigures(requests: 1, requestBound: 9, publicationBound: 500, freeBytes: 1 << 40)
            },
            hazardSources: hazardSources, logger: Logger(label: "test"))
    }

    /// A site with one hazard source, whose substance is measured by a point.
    static func configuration(in folder: TemporaryFolder, quantity: Int = 40) throws -> Configuration {
        try folder.write("node: n1\nbroker: {urls: [mqtt://127.0.0.1]}\nregistry: sites\n", to: "hazardd.yaml")
        try folder.write(
            """
            site: shengli
            points_file: points.csv
            hazard_sources:
              - source: TF-1
                name: {zh: 液氨罐组}
                residents_within_500m: 60
                substances: [{name: ammonia, quantity_t: \(quantity), quantity_point: QI-1}]
            """, to: "sites/shengli.yaml")
        try folder.write("point,gateway,tag,unit\nQI-1,gw1,q,t\n", to: "sites/points.csv")
        return try Configuration.load(settingsFile: folder.file("hazardd.yaml"), environment: [:])
    }

    /// Runs `body` while the server listens, and waits for its end.
    func whileServing(_ body: () async throws -> Void) async throws {
        let (listening, started) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let task = Task {
            defer { started.finish() }
            try await server.run { started.yield() }
        }
        for await _ in listening { break }
        let result: Result<Void, any Error>
        do {
            result = .success(try await body())
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

    private func ask(_ method: HTTPMethod, _ path: String, _ body: String?) async throws -> Answer {
        guard let url = URL(httpURLWithSocketPath: socket, uri: path) else { throw TestKitError("no URL: \(path)") }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = method
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        let json = try JSONSerialization.jsonObject(with: Data(bytes.readableBytesView)) as? [String: Any]
        return Answer(
            status: response.status.code, type: response.headers.first(name: "content-type"), json: json ?? [:])
    }
}
