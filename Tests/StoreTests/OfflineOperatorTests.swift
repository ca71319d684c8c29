import Alarms
import Pipeline
import Registry
import Settings
import Store
import Telemetry
import TestKit
import Testing

@Suite("An operator's command without a daemon")
struct OfflineOperatorTests {
    private static let now = Instant(wall: StoreFixture.start, monotonic: 5)

    /// A state with one standing alarm of the configuration's one point.
    private static func prepare(_ temporary: TemporaryFolder) throws -> Configuration {
        try temporary.write(
            "node: n1\nstate_directory: state\nbroker: {urls: [\"mqtt://127.0.0.1:1\"]}\nregistry: sites\n",
            to: "hazardd.yaml")
        try temporary.write("site: shengli\npoints_file: p.csv\n", to: "sites/shengli.yaml")
        try temporary.write("point,gateway,tag,H,stale_after_s\nP-0,gw1,T0,8,0\n", to: "sites/p.csv")
        let configuration = try Configuration.load(settingsFile: temporary.file("hazardd.yaml"), environment: [:])
        let folder = StateFolder(configuration.settings.stateDirectory)
        try folder.create()
        let database = try StateDatabase(folder, durability: .full)
        try database.adopt(configuration.registry)
        var effects = Effects()
        effects.journal.begin(JournalBatch.Message(gateway: 0, receivedAt: now.wall))
        effects.journal.append(0, time: now.wall, value: 9, quality: .good, isLate: false)
        effects.journal.endMessage()
        effects.alarms = [StateReaderTests.alarm.subject: StateReaderTests.alarm]
        effects.accounting.received = 1
        effects.accounting.stored = 1
        try database.commit(effects, gatewayRecord: { _ in GatewayRecord() }, at: now.wall)
        try database.close()
        return configuration
    }

    private static func acknowledge(_ episode: ULID) -> OperatorCommand {
        OperatorCommand(action: .acknowledge, episode: episode, actor: "li(7)", comment: "seen")
    }

    @Test("is committed as the daemon would have, once")
    func acknowledges() throws {
        let temporary = try TemporaryFolder()
        let configuration = try OfflineOperatorTests.prepare(temporary)
        let command = OfflineOperatorTests.acknowledge(StateReaderTests.alarm.episode)
        let outcome = try OfflineOperator.execute(command, with: configuration, seed: 1, at: OfflineOperatorTests.now)
        guard case .done(let json) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(json.contains(#""state":"acknowledged""#) && json.contains(#""actor":"li(7)""#))
        let reader = try StateReader(StateFolder(configuration.settings.stateDirectory))
        #expect(try reader.alarms().map(\.state) == [.acknowledged])
        #expect(try reader.events(after: 0, limit: 9).map(\.type) == ["hazard.alarm.acknowledged.v1"])
        #expect(try reader.accounting().stored == 1)
        let again = try OfflineOperator.execute(command, with: configuration, seed: 2, at: OfflineOperatorTests.now)
        guard case .refused = again else {
            Issue.record("\(again)")
            return
        }
        #expect(try reader.lastSequence() == 1)
    }

    @Test("names the episode that is not known")
    func unknown() throws {
        let temporary = try TemporaryFolder()
        let configuration = try OfflineOperatorTests.prepare(temporary)
        let outcome = try OfflineOperator.execute(
            OfflineOperatorTests.acknowledge(ULID(high: 1, low: 1)), with: configuration, seed: 1,
            at: OfflineOperatorTests.now)
        guard case .notFound(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains(ULID(high: 1, low: 1).description))
    }

    @Test("is refused while another process holds the state, and changes nothing")
    func locked() throws {
        let temporary = try TemporaryFolder()
        let configuration = try OfflineOperatorTests.prepare(temporary)
        let folder = StateFolder(configuration.settings.stateDirectory)
        let lock = try StateLock(folder, holder: "hazardd node n1")
        let error = #expect(throws: StoreError.self) {
            try OfflineOperator.execute(
                OfflineOperatorTests.acknowledge(StateReaderTests.alarm.episode), with: configuration, seed: 1,
                at: OfflineOperatorTests.now)
        }
        #expect(error?.kind == .locked)
        #expect(error?.description.contains("hazardd node n1") == true)
        #expect(try StateReader(folder).alarms().map(\.state) == [.unacknowledged])
        withExtendedLifetime(lock) {}
    }

    @Test("makes no state where there is none")
    func absent() throws {
        let temporary = try TemporaryFolder()
        let configuration = try OfflineOperatorTests.prepare(temporary)
        var settings = configuration.settings
        settings.stateDirectory = temporary.file("other")
        let elsewhere = Configuration(
            settings: settings, registry: configuration.registry, policies: [:], standards: configuration.standards)
        let error = #expect(throws: StoreError.self) {
            try OfflineOperator.execute(
                OfflineOperatorTests.acknowledge(StateReaderTests.alarm.episode), with: elsewhere, seed: 1,
                at: OfflineOperatorTests.now)
        }
        #expect(error?.kind == .absent)
    }
}
